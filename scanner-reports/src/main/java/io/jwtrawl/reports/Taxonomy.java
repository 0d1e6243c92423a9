package io.jwtrawl.reports;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A published list of weaknesses, as far as ratings name its entries.
///
/// @param prefix what the ids of its entries begin with
/// @param names of the entries, by id
record Taxonomy(
        String name, String organization, String title, String prefix, Map<String, String> names) {

    static final List<Taxonomy> ALL =
            List.of(
                    new Taxonomy(
                            "CWE",
                            "MITRE",
                            "Common Weakness Enumeration",
                            "CWE-",
                            Map.of(
                                    "CWE-250", "Execution with Unnecessary Privileges",
                                    "CWE-347", "Improper Verification of Cryptographic Signature",
                                    "CWE-532", "Insertion of Sensitive Information into Log File",
                                    "CWE-613", "Insufficient Session Expiration",
                                    "CWE-798", "Use of Hard-coded Credentials")),
                    new Taxonomy(
                            "OWASP-NHI",
                            "OWASP",
                            "OWASP Non-Human Identities Top 10, 2025",
                            "OWASP-NHI",
                            Map.of(
                                    "OWASP-NHI1:2025", "Improper Offboarding",
                                    "OWASP-NHI2:2025", "Secret Leakage",
                                    "OWASP-NHI3:2025", "Vulnerable Third-Party NHI",
                                    "OWASP-NHI4:2025", "Insecure Authentication",
                                    "OWASP-NHI5:2025", "Overprivileged NHI",
                                    "OWASP-NHI6:2025", "Insecure Cloud Deployment Configurations",
                                    "OWASP-NHI7:2025", "Long-Lived Secrets",
                                    "OWASP-NHI8:2025", "Environment Isolation",
                                    "OWASP-NHI9:2025", "NHI Reuse",
                                    "OWASP-NHI10:2025", "Human Use of NHI")));

    /// The list that an entry belongs to.
    static Optional<Taxonomy> of(String standard) {
        return ALL.stream().filter(taxonomy -> standard.startsWith(taxonomy.prefix)).findFirst();
    }

    /// The entry's name; its id if a user's policy names one that is not known here.
    String nameOf(String standard) {
        return names.getOrDefault(standard, standard);
    }
}
