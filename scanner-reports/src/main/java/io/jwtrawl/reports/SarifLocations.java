package io.jwtrawl.reports;

import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.Place;
import io.jwtrawl.source.Position;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.token.Redaction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Places as SARIF names them: relative to the folder that was scanned, where there is one.
final class SarifLocations {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String ROOT_ID = "%SRCROOT%";

    private final Optional<Path> root;

    private final Optional<String> historicAt;

    /// @param historicAt where to place what only the history has, in files that are there no more
    SarifLocations(Optional<Path> root, Optional<String> historicAt) {
        this.root = root;
        this.historicAt = historicAt;
    }

    Optional<ObjectNode> baseIds() {
        return root.map(folder ->
                JSON.objectNode().set(ROOT_ID, JSON.objectNode().put("uri", folderUri(folder))));
    }

    ArrayNode versionControl(List<VersionControl> repositories) {
        ArrayNode details = JSON.arrayNode();
        for (VersionControl repository : repositories) {
            ObjectNode detail = details.addObject();
            detail.put(
                    "repositoryUri",
                    repository
                            .origin()
                            .map(Object::toString)
                            .orElseGet(() -> folderUri(repository.folder())));
            repository.revision().ifPresent(id -> detail.put("revisionId", id));
            repository.branch().ifPresent(name -> detail.put("branch", name));
            below(repository.folder())
                    .ifPresent(path -> {
                        ObjectNode mapped = detail.putObject("mappedTo");
                        if (!path.isEmpty()) {
                            mapped.put("uri", path + "/");
                        }
                        mapped.put("uriBaseId", ROOT_ID);
                    });
        }
        return details;
    }

    /// Where a result is shown. What only the history has lies on no line of the file as it is now, and maybe in no file.
    ObjectNode location(TokenInFile one) {
        ObjectNode location = location(one.shown());
        if (one.isHistoric()) {
            ObjectNode physical = (ObjectNode) location.path("physicalLocation");
            if (isThereNow(one.shown())) {
                physical.putObject("region").put("startLine", 1);
            } else if (historicAt.isPresent()) {
                ObjectNode artifact = physical.putObject("artifactLocation");
                artifact.put("uri", reference(encoded(historicAt.get())));
                root.ifPresent(_ -> artifact.put("uriBaseId", ROOT_ID));
                physical.putObject("region").put("startLine", 1);
            }
        }
        return location;
    }

    /// Whether the file that once held it is there still; of a bare repository nobody knows without asking Git.
    private static boolean isThereNow(Finding finding) {
        return finding.place()
                .repository()
                .filter(folder ->
                        finding.sighting().provenance().outermost()
                                        instanceof Provenance.CommittedFile file
                                && isFile(folder, file.path()))
                .isPresent();
    }

    private static boolean isFile(Path folder, String path) {
        try {
            Path file = folder.resolve(path).normalize();
            return file.startsWith(folder) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
        } catch (InvalidPathException _) {
            return false; // a name of the history that this system cannot have
        }
    }

    /// What two findings share that a reader would take for the same place.
    String key(Finding finding) {
        Position position = finding.sighting().position();
        return artifact(finding.place(), finding.sighting().provenance()).path("uri").asString("")
                + '\0'
                + String.join("\0", finding.inner())
                + '\0'
                + (position.hasLines() ? position.line() : -position.offset());
    }

    ObjectNode location(Finding finding) {
        ObjectNode location = JSON.objectNode();
        ObjectNode physical = location.putObject("physicalLocation");
        physical.set(
                "artifactLocation", artifact(finding.place(), finding.sighting().provenance()));
        Position position = finding.sighting().position();
        ObjectNode region = physical.putObject("region");
        if (position.hasLines()) {
            region.put("startLine", position.line());
            region.put("startColumn", position.column());
            if (isPlain(finding)) {
                region.put(
                        "endColumn",
                        position.column() + finding.sighting().token().text().length());
            }
        } else {
            region.put("startLine", 1); // dashboards want a line, even of what has none
        }
        if (!finding.inner().isEmpty()) {
            location.putArray("logicalLocations")
                    .addObject()
                    .put("fullyQualifiedName", Redaction.redact(String.join("!/", finding.inner())))
                    .put("kind", "resource");
        }
        return location;
    }

    /// Whether the token stands there as it is, in one line, so that its length is known.
    private static boolean isPlain(Finding finding) {
        return finding.place().encoding().isEmpty()
                && finding.sighting().token().rule().shape().isPresent();
    }

    private ObjectNode artifact(Place place, Provenance provenance) {
        ObjectNode artifact = JSON.objectNode();
        Optional<String> relative =
                provenance.outermost() instanceof Provenance.LocalFile(_, var file)
                        ? below(file)
                        : place.repository()
                                .flatMap(this::below)
                                .map(prefix ->
                                        (prefix.isEmpty() ? "" : prefix + "/")
                                                + encoded(place.path()));
        if (relative.isPresent()) {
            artifact.put("uri", reference(relative.get()));
            artifact.put("uriBaseId", ROOT_ID);
        } else {
            artifact.put("uri", Redaction.redact(absolute(place, provenance)).replace("…", "..."));
        }
        return artifact;
    }

    private static String absolute(Place place, Provenance provenance) {
        if (provenance.outermost() instanceof Provenance.LocalFile(_, var file)) {
            return file.toUri().toASCIIString();
        }
        return place.repository()
                .map(repository -> folderUri(repository) + encoded(place.path()))
                .orElse("stdin");
    }

    /// The path of `file` below the root, as a relative URI reference; empty for the root itself.
    private Optional<String> below(Path file) {
        return root.filter(file::startsWith)
                .map(folder -> {
                    String base = folderUri(folder);
                    String uri = file.toUri().toASCIIString();
                    return uri.length() <= base.length()
                            ? ""
                            : stripSlash(uri.substring(base.length()));
                });
    }

    private static String folderUri(Path folder) {
        String uri = folder.toUri().toASCIIString();
        return uri.endsWith("/") ? uri : uri + "/";
    }

    private static String stripSlash(String uri) {
        return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    }

    /// A path, percent-encoded already but maybe not for every reader, as a relative reference: a colon in its first segment
    /// would end a scheme (RFC 3986, section 4.2).
    private static String reference(String path) {
        String redacted = Redaction.redact(path);
        var reference = new StringBuilder(redacted.length());
        for (int i = 0; i < redacted.length(); i++) {
            char c = redacted.charAt(i);
            if (c == '%') {
                reference.append(c); // of what is encoded already
            } else {
                reference.append(encoded(String.valueOf(c)));
            }
        }
        return reference.toString();
    }

    /// A path as a URI reference: all but unreserved characters and slashes percent-encoded (RFC 3986, section 2.3).
    private static String encoded(String path) {
        StringBuilder uri = new StringBuilder(path.length());
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if ((c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "-._~/".indexOf(c) >= 0) {
                uri.append(c);
            } else {
                uri.append(String.format("%%%02X", (int) c));
            }
        }
        return uri.toString();
    }
}
