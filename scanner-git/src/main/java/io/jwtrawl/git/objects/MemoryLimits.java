package io.jwtrawl.git.objects;

/// How much one thread may hold of what it expands. Less where the heap is small.
final class MemoryLimits {

    /// Larger objects are not expanded at once.
    static final int LARGE = (int) Math.min(32L << 20, Runtime.getRuntime().maxMemory() / 16);

    /// What may be held of bases at a time.
    static final long HELD = Math.min(48L << 20, Runtime.getRuntime().maxMemory() / 10);

    private MemoryLimits() {}
}
