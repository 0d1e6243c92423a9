package io.jwtrawl.rules;

import java.util.List;

/// A published list of weaknesses or of outcomes to strive for, as far as ratings name its entries.
///
/// @param prefix what the ids of its entries begin with
/// @param source where it is published
public record Taxonomy(
        String id,
        String name,
        String organization,
        String title,
        String prefix,
        String source,
        List<Entry> entries) {

    /// @param id as ratings name it, such as `CWE-798`
    public record Entry(String id, String name) {}

    public Taxonomy {
        for (Entry entry : entries) {
            if (!entry.id().startsWith(prefix)) {
                throw new IllegalArgumentException(entry.id() + " does not begin with " + prefix);
            }
        }
    }

    /// The entry's name; its id if a policy names one that is not known here.
    public String nameOf(String entryId) {
        for (Entry entry : entries) {
            if (entry.id().equals(entryId)) {
                return entry.name();
            }
        }
        return entryId;
    }
}
