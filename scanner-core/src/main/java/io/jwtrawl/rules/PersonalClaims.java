package io.jwtrawl.rules;

import java.util.List;

/// Which claims speak of a person, by their names.
///
/// @param names as [NameSet] writes them
/// @param examples names of claims that are personal
/// @param nonExamples names that are not
public record PersonalClaims(NameSet names, List<String> examples, List<String> nonExamples) {

    public boolean isPersonal(String name) {
        return names.contains(name);
    }
}
