package io.jwtrawl.files.parts;

import java.util.List;
import java.util.Set;

/// What people call a place in a document, once all of it that says so was read.
///
/// Documents of no known kind have no named parts: their lines and columns say as much.
final class DocumentNames {

    /// Arrays whose elements are told by where they stand, even if they have names too.
    private static final Set<String> COUNTED = Set.of("cells", "outputs", "entries");

    private static final int SHOWN = 120;

    private DocumentNames() {}

    /// @return empty if it has no name
    static String of(Frame innermost, String key, int index, String path) {
        List<Frame> chain = DocumentParts.chain(innermost);
        Frame root = chain.getFirst();
        int manifest = manifest(chain);
        if (manifest >= 0) {
            String rest = path(chain, manifest + 1, key, index);
            String object = object(chain.get(manifest));
            return object.isEmpty() ? rest : rest.isEmpty() ? object : object + " " + rest;
        }
        if (!isKnown(root, path)) {
            return "";
        }
        if (root.keys.contains("terraform_version")) {
            return terraform(chain, key, index);
        }
        if (chain.size() == 2
                && innermost.isArray
                && innermost.key.equals("sourcesContent")
                && index < root.sources.size()) {
            return "sourcesContent[" + index + "] " + root.sources.get(index);
        }
        return path(chain, 1, key, index);
    }

    private static boolean isKnown(Frame root, String path) {
        List<String> keys = root.keys;
        return keys.contains("nbformat")
                || (keys.contains("cells") && keys.contains("metadata"))
                || keys.contains("log")
                || keys.contains("terraform_version")
                || keys.contains("auths")
                || keys.contains("HttpHeaders")
                || (keys.contains("info") && keys.contains("item"))
                || (keys.contains("_postman_variable_scope") || keys.contains("values"))
                || keys.contains("__export_format")
                || keys.contains("resources")
                || keys.contains("mappings")
                || (keys.contains("cookies") && keys.contains("origins"))
                || isEditorState(path);
    }

    /// What Visual Studio Code keeps, by its names for that.
    private static boolean isEditorState(String path) {
        return path.contains(".vscode/")
                || path.contains("Code/User/")
                || path.endsWith("globalStorage/storage.json")
                || path.endsWith(".code-workspace");
    }

    /// The innermost object that says of itself what Kubernetes wants to know.
    private static int manifest(List<Frame> chain) {
        for (int i = chain.size() - 1; i >= 0; i--) {
            Frame frame = chain.get(i);
            if (frame.said.containsKey("kind")
                    && (frame.said.containsKey("apiVersion")
                            || frame.said.containsKey("metadata.name"))) {
                return i;
            }
        }
        return -1;
    }

    /// Such as `Secret prod/api-credentials`; empty for a kubeconfig, of which there is one in a file.
    private static String object(Frame frame) {
        String kind = frame.said.getOrDefault("kind", "");
        String name = frame.said.get("metadata.name");
        String namespace = frame.said.get("metadata.namespace");
        return name == null
                ? kind.equals("Config") ? "" : kind
                : kind + " " + (namespace == null ? "" : namespace + "/") + name;
    }

    /// Such as `module.api.aws_instance.web[0].attributes.user_data`, as Terraform calls it.
    private static String terraform(List<Frame> chain, String key, int index) {
        if (chain.size() < 3 || !chain.get(1).key.equals("resources")) {
            return path(chain, 1, key, index);
        }
        Frame resource = chain.get(2);
        var name = new StringBuilder();
        if (resource.said.containsKey("module")) {
            name.append(resource.said.get("module")).append('.');
        }
        if ("data".equals(resource.said.get("mode"))) {
            name.append("data.");
        }
        name.append(resource.said.getOrDefault("type", "?")).append('.');
        name.append(resource.said.getOrDefault("name", "?"));
        if (chain.size() < 5 || !chain.get(3).key.equals("instances")) {
            return name.append('.').append(path(chain, 3, key, index)).toString();
        }
        String instance = chain.get(4).said.get("index_key");
        if (instance != null) {
            boolean isNumber = instance.chars().allMatch(c -> c >= '0' && c <= '9');
            name.append(isNumber ? "[" + instance + "]" : "[\"" + instance + "\"]");
        }
        return name.append('.').append(path(chain, 5, key, index)).toString();
    }

    /// Such as `log.entries[4].request.headers[Authorization].value`, from the frame numbered `from` on.
    private static String path(List<Frame> chain, int from, String key, int index) {
        var path = new StringBuilder();
        for (int i = from; i < chain.size(); i++) {
            Frame frame = chain.get(i);
            step(path, chain.get(i - 1), frame.key, frame.index, name(chain.get(i - 1), frame));
        }
        step(path, chain.getLast(), key, index, "");
        return path.toString();
    }

    private static String name(Frame array, Frame element) {
        if (!array.isArray || COUNTED.contains(array.key)) {
            return "";
        }
        String name = element.said.get("name");
        return name != null ? name : element.said.getOrDefault("key", "");
    }

    private static void step(StringBuilder path, Frame parent, String key, int index, String name) {
        if (parent.isArray) {
            path.append('[')
                    .append(name.isEmpty() ? Integer.toString(Math.max(0, index)) : cut(name))
                    .append(']');
        } else if (!key.isEmpty()) {
            path.append(path.isEmpty() ? "" : ".").append(cut(key));
        }
    }

    private static String cut(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
