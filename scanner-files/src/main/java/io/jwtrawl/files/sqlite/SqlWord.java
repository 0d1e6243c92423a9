package io.jwtrawl.files.sqlite;

import java.util.ArrayList;
import java.util.List;

/// A word or a sign of a statement.
///
/// @param isQuoted so that it is a name or a text, whatever it looks like
record SqlWord(String text, boolean isQuoted) {

    /// Whether it is this keyword or sign.
    boolean is(String word) {
        return !isQuoted && text.equalsIgnoreCase(word);
    }

    static List<SqlWord> of(String sql) {
        List<SqlWord> words = new ArrayList<>();
        int at = 0;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            int end;
            if (Character.isWhitespace(c)) {
                end = at + 1;
            } else if (sql.startsWith("--", at)) {
                end = behind(sql, "\n", at);
            } else if (sql.startsWith("/*", at)) {
                end = behind(sql, "*/", at);
            } else if ("\"'`[".indexOf(c) >= 0) {
                end = quoted(sql, at, c == '[' ? ']' : c, words);
            } else {
                end = at + 1;
                while (isPartOfWord(c) && end < sql.length() && isPartOfWord(sql.charAt(end))) {
                    end++;
                }
                words.add(new SqlWord(sql.substring(at, end), false));
            }
            at = end;
        }
        return words;
    }

    private static boolean isPartOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c > 0x7f;
    }

    private static int behind(String sql, String end, int from) {
        int at = sql.indexOf(end, from);
        return at < 0 ? sql.length() : at + end.length();
    }

    private static int quoted(String sql, int begin, char quote, List<SqlWord> words) {
        var text = new StringBuilder();
        int at = begin + 1;
        while (at < sql.length()) {
            char c = sql.charAt(at++);
            if (c == quote) {
                if (quote == ']' || at == sql.length() || sql.charAt(at) != quote) {
                    break;
                }
                at++; // doubled, so meant
            }
            text.append(c);
        }
        words.add(new SqlWord(text.toString(), true));
        return at;
    }
}
