package io.jwtrawl.source;

/// What is compiled from C for this machine, in `native/`. Nothing depends on it: without it the same is done in Java,
/// slower.
public final class NativeCode {

    /// The library; where it is not set, or cannot be loaded here, there is none.
    private static final String PROPERTY = "jwtrawl.native";

    /// As `native/version.c` has it: raised with every change of what is called.
    private static final int VERSION = 3;

    private static final boolean LOADED = load();

    private NativeCode() {}

    /// Whether native methods may be called.
    public static boolean isLoaded() {
        return LOADED;
    }

    @SuppressWarnings("restricted")
    private static boolean load() {
        String library = System.getProperty(PROPERTY, "");
        if (library.isEmpty()) {
            return false;
        }
        try {
            System.load(library);
            return version() == VERSION;
        } catch (UnsatisfiedLinkError _) {
            return false; // not built, for another machine, or something else
        }
    }

    private static native int version();
}
