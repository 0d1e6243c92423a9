package io.jwtrawl.files.parts;

import io.jwtrawl.source.Message;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Messages in what chats export as JSON, told by the members that an object of such an export has.
final class ChatMessage {

    /// How a member states a time.
    private enum Unit {
        ISO_8601,
        SECONDS,
        MILLISECONDS
    }

    /// @param time the member that says when the message was sent
    /// @param others what else a message has
    private record Format(String time, Unit unit, List<String> others) {}

    private static final List<Format> FORMATS =
            List.of(
                    // Slack: slack.com/help/articles/220556107-How-to-read-Slack-data-exports
                    new Format("ts", Unit.SECONDS, List.of("type", "text")),
                    // DiscordChatExporter: github.com/Tyrrrz/DiscordChatExporter, JsonMessageWriter
                    new Format("timestamp", Unit.ISO_8601, List.of("author", "content")),
                    // Discord's own data package
                    new Format("Timestamp", Unit.ISO_8601, List.of("Contents")),
                    // Microsoft Graph: learn.microsoft.com/graph/api/resources/chatmessage
                    new Format("createdDateTime", Unit.ISO_8601, List.of("messageType", "body")),
                    // Microsoft Teams and Skype, as their clients keep and export them
                    new Format("composetime", Unit.ISO_8601, List.of("content")),
                    new Format("originalarrivaltime", Unit.ISO_8601, List.of("content")),
                    // Mattermost: docs.mattermost.com, bulk loading data format
                    new Format("create_at", Unit.MILLISECONDS, List.of("message", "user")),
                    // Telegram Desktop
                    new Format("date_unixtime", Unit.SECONDS, List.of("type", "text")));

    /// The members that say when.
    static final Set<String> TIMES =
            FORMATS.stream().map(Format::time).collect(Collectors.toUnmodifiableSet());

    /// The members that tell a message from other objects.
    static final Set<String> TELLING =
            FORMATS.stream()
                    .flatMap(format -> format.others().stream())
                    .collect(Collectors.toUnmodifiableSet());

    private ChatMessage() {}

    /// The innermost message that what stands in `frame` is a part of.
    static Optional<Message> around(Frame frame) {
        for (Frame outer = frame; outer != null; outer = outer.parent) {
            Optional<Instant> sent = sent(outer);
            if (sent.isPresent()) {
                return Optional.of(new Message(Message.Medium.CHAT, sent));
            }
        }
        return Optional.empty();
    }

    private static Optional<Instant> sent(Frame frame) {
        if (frame.isArray || frame.members.isEmpty()) {
            return Optional.empty();
        }
        for (Format format : FORMATS) {
            String time = frame.said.get(format.time());
            if (time != null && frame.members.containsAll(format.others())) {
                Instant sent = parse(time, format.unit());
                if (sent != null) {
                    return Optional.of(sent);
                }
            }
        }
        return Optional.empty();
    }

    private static @Nullable Instant parse(String time, Unit unit) {
        try {
            return switch (unit) {
                case MILLISECONDS -> Instant.ofEpochMilli(Long.parseLong(time));
                case SECONDS -> Instant.ofEpochMilli((long) (Double.parseDouble(time) * 1000));
                case ISO_8601 -> iso(time.replace(' ', 'T'));
            };
        } catch (DateTimeException | NumberFormatException _) {
            return null;
        }
    }

    /// One without a zone is in UTC.
    private static Instant iso(String time) {
        boolean hasZone =
                time.endsWith("Z")
                        || time.indexOf('+') > 0
                        || time.lastIndexOf('-') > "2026-01-01".length();
        return OffsetDateTime.parse(hasZone ? time : time + "Z").toInstant();
    }
}
