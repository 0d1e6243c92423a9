package io.jwtrawl.cli;

/// The version that this build has.
final class Version {

    private Version() {}

    static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
