package io.jwtrawl.classify;

/// Certificates that nobody uses, in base64.
final class Certificates {

    /// With an RSA key of 1024 bits; its private key was never kept.
    static final String RSA_1024 =
            "MIIB9jCCAV+gAwIBAgIUVEtTaoL4IFmS4zqBcrmPMLRgY48wDQYJKoZIhvcNAQELBQAwDDEKMAgGA1UEAwwBeDAgFw"
                    + "0yNjExMjUwMzM3NTRaGA8yMTI2MTEwMTAzMzc1NFowDDEKMAgGA1UEAwwBeDCBnzANBgkqhkiG9w0BAQEFAAOBjQAw"
                    + "gYkCgYEA1WkExRqJKlFdeucQbC30qKi8A2XkeFqAwV2ipVJoq+UpHh15Hs5+1rpqDA8xn+GPTTfXKjPInfC6NmRa/U"
                    + "PhDqP1g0otu3if6TcQII7TVO1wh+P7vK13RmM1rEHeV3zCZ/CeS8KcjNuQbNaGp5xT9Bo4DMR33WoSIhE2irqwoH0C"
                    + "AwEAAaNTMFEwHQYDVR0OBBYEFOVzgID7LSnwZw7LvKGt45PkYXePMB8GA1UdIwQYMBaAFOVzgID7LSnwZw7LvKGt45"
                    + "PkYXePMA8GA1UdEwEB/wQFMAMBAf8wDQYJKoZIhvcNAQELBQADgYEAD/IAWJxiQaAFZpB9eKHizmBb2MViAR61n9EV"
                    + "Hq75Yx4ARcXuAj3Nc0YGsxL+aiNUbBdyXIWHUvBzjrIcSnOh1ixrnpE0bhkCDpXOEeceujk2zXH3w2pslqmNhNzobZ"
                    + "V/g33btKQSdxTQR6o4WPN7KDxy0vYcNpDSP3uK14iO+Xg=";

    private Certificates() {}
}
