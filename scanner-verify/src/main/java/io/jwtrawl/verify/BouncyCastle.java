package io.jwtrawl.verify;

import java.security.Provider;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/// For what the JDK lacks; never installed for the whole program.
final class BouncyCastle {

    static final Provider PROVIDER = new BouncyCastleProvider();

    private BouncyCastle() {}
}
