package io.jwtrawl.git;

import java.io.File;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/// Keeps JGit to the repository: no configuration of the user or the system, which it would start `git` to find, and no
/// measuring of the file system's clock, for which it would write probe files into the repository.
public final class IsolatedSystemReader extends SystemReader.Delegate {

    private static final Duration COARSE_CLOCK = Duration.ofSeconds(2);

    private IsolatedSystemReader(SystemReader original) {
        super(original);
    }

    /// Takes effect for all of JGit, from now on.
    public static void install() {
        if (!(SystemReader.getInstance() instanceof IsolatedSystemReader)) {
            SystemReader.setInstance(new IsolatedSystemReader(SystemReader.getInstance()));
        }
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
        return new NoConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
        return new NoConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
        return new NoConfig(parent, fs);
    }

    private static final class NoConfig extends FileBasedConfig {

        NoConfig(@Nullable Config parent, FS fs) {
            super(parent, new File("no-config"), fs);
        }

        @Override
        public void load() {
            // There is nothing to load.
        }

        @Override
        public void save() {
            // Nor to keep.
        }

        @Override
        public boolean isOutdated() {
            return false;
        }

        /// Answers the question that JGit would otherwise measure.
        @Override
        public long getTimeUnit(
                String section,
                @Nullable String subsection,
                String name,
                long defaultValue,
                TimeUnit wantUnit) {
            return section.equals(ConfigConstants.CONFIG_FILESYSTEM_SECTION)
                    ? wantUnit.convert(COARSE_CLOCK)
                    : super.getTimeUnit(section, subsection, name, defaultValue, wantUnit);
        }
    }
}
