package io.jwtrawl.documents.reader;

import java.util.ArrayList;
import java.util.List;

/// A document, or one inside it that has no file of its own, such as a message in a mailbox.
///
/// @param names what leads to it from the outermost document
/// @param depth how many more containers inside one another may be opened in it
record Scope(List<String> names, int depth) {

    List<String> with(String name) {
        List<String> longer = new ArrayList<>(names);
        longer.add(name);
        return longer;
    }

    Scope inner(String name) {
        return new Scope(with(name), depth - 1);
    }
}
