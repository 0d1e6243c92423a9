package io.jwtrawl.cli;

import picocli.CommandLine.IVersionProvider;

/// The version that this build has.
final class Version implements IVersionProvider {

    static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"jwtrawl " + number()};
    }
}
