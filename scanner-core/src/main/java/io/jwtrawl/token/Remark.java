package io.jwtrawl.token;

/// What a comment on the line of a token says of it: that it may stay there.
///
/// @param marker that the comment has, such as `jwtrawl:allow`
/// @param text what follows on that line; as untrusted as all that is searched
public record Remark(String marker, String text) {

    /// Our own marker.
    public static final String ALLOW = "jwtrawl:allow";
}
