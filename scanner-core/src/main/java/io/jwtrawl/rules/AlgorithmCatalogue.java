package io.jwtrawl.rules;

import java.util.List;
import java.util.Optional;

/// The registered JOSE algorithms, with the length that a signature or an authentication tag of each has.
///
/// @param source where they are registered
/// @param signatures algorithms of RFC 7515 tokens
/// @param encryptions values of `enc`
/// @param keyManagement values of `alg` in RFC 7516 tokens
public record AlgorithmCatalogue(
        String source,
        List<Signature> signatures,
        List<Encryption> encryptions,
        List<String> keyManagement) {

    /// @param bytes the lengths that a signature may have; empty if `multipleOf` says it
    /// @param multipleOf what the length is a multiple of, as for RSA, whose signature is as long as the key
    public record Signature(String alg, List<Integer> bytes, int multipleOf, int max) {

        boolean hasLength(int length) {
            return bytes.contains(length)
                    || (multipleOf > 0 && length > 0 && length <= max && length % multipleOf == 0);
        }

        int shortest() {
            return multipleOf > 0
                    ? multipleOf
                    : bytes.stream().mapToInt(Integer::intValue).min().orElse(0);
        }
    }

    /// @param tagBytes the length of the authentication tag
    public record Encryption(String enc, int tagBytes) {}

    public Optional<Signature> signature(String alg) {
        return signatures.stream().filter(entry -> entry.alg().equals(alg)).findFirst();
    }

    public Optional<Encryption> encryption(String enc) {
        return encryptions.stream().filter(entry -> entry.enc().equals(enc)).findFirst();
    }

    /// Whether a signature of so many bytes can be one of `alg`.
    public Fit signatureFit(String alg, int bytes) {
        return signature(alg)
                .map(entry ->
                        entry.hasLength(bytes)
                                ? Fit.FITS
                                : bytes < entry.shortest() || isCut(entry, bytes)
                                        ? Fit.TOO_SHORT
                                        : Fit.TOO_LONG)
                .orElse(Fit.UNKNOWN);
    }

    /// Whether a tag of so many bytes can be one of `enc`.
    public Fit tagFit(String enc, int bytes) {
        return encryption(enc)
                .map(entry ->
                        bytes == entry.tagBytes()
                                ? Fit.FITS
                                : bytes < entry.tagBytes() ? Fit.TOO_SHORT : Fit.TOO_LONG)
                .orElse(Fit.UNKNOWN);
    }

    /// A length between two possible ones is a longer signature cut short, rather than one with something behind it.
    private static boolean isCut(Signature entry, int bytes) {
        return entry.multipleOf() > 0
                ? bytes < entry.max()
                : entry.bytes().stream().anyMatch(length -> length > bytes);
    }

    /// How a length goes with an algorithm.
    public enum Fit {
        FITS,
        TOO_SHORT,
        TOO_LONG,
        /// The algorithm is not in the catalogue.
        UNKNOWN
    }
}
