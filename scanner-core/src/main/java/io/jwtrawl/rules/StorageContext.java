package io.jwtrawl.rules;

/// What kind of place a token lay in.
public enum StorageContext {
    SOURCE,
    CONFIG,
    CI_LOG,
    APP_LOG,
    BROWSER_STORAGE,
    HTTP_URL,
    HTTP_CAPTURE,
    CHAT,
    MAIL,
    DOCUMENT,
    DATABASE,
    IMAGE_LAYER,
    BUILD_ARTIFACT,
    TEST,
    DOCS,
    UNKNOWN
}
