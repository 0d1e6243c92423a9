package io.jwtrawl.files.unpack;

import io.jwtrawl.source.PathText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What an archive or folder of images says of them: `manifest.json` as `docker save` writes it, or else the `index.json` of
/// an OCI image layout (image-spec 1.1).
final class ImageManifest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MAX_IMAGES = 1000;
    private static final int MAX_LAYERS = 1000;
    private static final int MAX_TEXTS = 10_000;

    private ImageManifest() {}

    /// One image.
    ///
    /// @param name its tags, or its digest
    /// @param config the file that describes it
    /// @param layers the files that hold its layers, lowest first, each with its digest
    record Image(String name, String config, LinkedHashMap<String, String> layers) {}

    /// @param file gives what a file holds, if it was kept; names are as the archive has them
    static List<Image> read(Function<String, Optional<byte[]>> file) {
        Optional<JsonNode> docker = json(file, "manifest.json");
        if (docker.isPresent() && docker.get().isArray()) {
            return docker(docker.get(), file);
        }
        List<Image> images = new ArrayList<>();
        json(file, "index.json").ifPresent(index -> oci(index, Optional.empty(), file, images, 0));
        return images;
    }

    private static List<Image> docker(JsonNode list, Function<String, Optional<byte[]>> file) {
        List<Image> images = new ArrayList<>();
        for (JsonNode image : list) {
            if (images.size() == MAX_IMAGES) {
                break;
            }
            String config = text(image, "Config");
            List<String> tags = new ArrayList<>();
            image.path("RepoTags").forEach(tag -> tags.add(tag.asString("")));
            List<String> digests = digests(file, config);
            var layers = new LinkedHashMap<String, String>();
            int i = 0;
            for (JsonNode layer : image.path("Layers")) {
                String name = layer.asString("");
                layers.put(name, i < digests.size() ? digests.get(i) : name);
                if (++i == MAX_LAYERS) {
                    break;
                }
            }
            images.add(
                    new Image(tags.isEmpty() ? config : String.join(", ", tags), config, layers));
        }
        return images;
    }

    /// The digests of the layers as they are when expanded.
    private static List<String> digests(Function<String, Optional<byte[]>> file, String config) {
        List<String> digests = new ArrayList<>();
        json(file, config)
                .ifPresent(json ->
                        json.path("rootfs")
                                .path("diff_ids")
                                .forEach(id -> digests.add(id.asString(""))));
        return digests;
    }

    /// An index may list further indexes.
    private static void oci(
            JsonNode index,
            Optional<String> outerName,
            Function<String, Optional<byte[]>> file,
            List<Image> images,
            int depth) {
        for (JsonNode entry : index.path("manifests")) {
            if (images.size() == MAX_IMAGES || depth > 3) {
                return;
            }
            String digest = text(entry, "digest");
            Optional<JsonNode> manifest = json(file, blob(digest));
            if (manifest.isEmpty()) {
                continue;
            }
            JsonNode annotations = entry.path("annotations");
            Optional<String> name =
                    Optional.of(text(annotations, "io.containerd.image.name"))
                            .filter(text -> !text.isEmpty())
                            .or(() ->
                                    Optional.of(
                                                    text(
                                                            annotations,
                                                            "org.opencontainers.image.ref.name"))
                                            .filter(text -> !text.isEmpty()))
                            .or(() -> outerName);
            if (manifest.get().has("manifests")) {
                oci(manifest.get(), name, file, images, depth + 1);
                continue;
            }
            var layers = new LinkedHashMap<String, String>();
            for (JsonNode layer : manifest.get().path("layers")) {
                if (layers.size() < MAX_LAYERS) {
                    layers.put(blob(text(layer, "digest")), text(layer, "digest"));
                }
            }
            String config = blob(text(manifest.get().path("config"), "digest"));
            images.add(new Image(name.orElse(digest), config, layers));
        }
    }

    /// Where an OCI layout keeps what has a digest such as `sha256:0123…`.
    private static String blob(String digest) {
        return "blobs/" + digest.replace(':', '/');
    }

    /// The environment, history and labels of an image, each under the name of its place.
    static Map<String, String> texts(byte[] config) {
        Map<String, String> texts = new LinkedHashMap<>();
        JsonNode json;
        try {
            json = JSON.readTree(config);
        } catch (JacksonException e) {
            return texts; // it is searched as it is, too
        }
        Map<String, Integer> seen = new HashMap<>();
        for (String part : List.of("config", "container_config")) {
            for (JsonNode variable : json.path(part).path("Env")) {
                String text = variable.asString("");
                int equals = text.indexOf('=');
                put(texts, seen, "env/" + (equals < 0 ? text : text.substring(0, equals)), text);
            }
            json.path(part)
                    .path("Labels")
                    .properties()
                    .forEach(label ->
                            put(
                                    texts,
                                    seen,
                                    "labels/" + label.getKey(),
                                    label.getValue().asString("")));
        }
        int step = 0;
        for (JsonNode history : json.path("history")) {
            step++;
            String text = text(history, "created_by") + "\n" + text(history, "comment");
            put(texts, seen, "history/" + step, text);
        }
        return texts;
    }

    /// What the older of two parts repeats is told once.
    private static void put(
            Map<String, String> texts, Map<String, Integer> seen, String name, String text) {
        if (texts.size() < MAX_TEXTS && seen.merge(name, 1, Integer::sum) == 1) {
            texts.put(PathText.escape(name), text);
        }
    }

    private static String text(JsonNode node, String property) {
        return node.path(property).asString("");
    }

    private static Optional<JsonNode> json(Function<String, Optional<byte[]>> file, String name) {
        try {
            return file.apply(name).map(JSON::readTree);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
