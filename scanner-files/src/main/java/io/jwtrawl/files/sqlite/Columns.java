package io.jwtrawl.files.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What the statement that made a table says of it: how its columns are called, in the order in which rows hold them.
///
/// @param table how the table is called
/// @param names of the columns that are stored
/// @param keys how many of the first ones are the key, in a table whose rows have no numbers
record Columns(String table, List<String> names, int keys) {

    /// A table of which nothing is known but what to call it.
    static Columns unknown(String table) {
        return new Columns(table, List.of(), 0);
    }

    String name(int index) {
        return index < names.size() ? names.get(index) : "column" + (index + 1);
    }

    private record Column(String name, boolean isKey, boolean isStored) {}

    /// @param sql a `CREATE TABLE`
    static Columns of(String table, String sql) {
        List<SqlWord> words = SqlWord.of(sql);
        int open = indexOf(words, "(");
        int close = open < 0 ? -1 : closing(words, open);
        if (close < 0) {
            return unknown(table);
        }
        List<Column> columns = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        int from = open + 1;
        int depth = 0;
        for (int i = from; i <= close; i++) {
            if (words.get(i).is("(")) {
                depth++;
            } else if (depth > 0 && words.get(i).is(")")) {
                depth--;
            } else if (depth == 0 && (i == close || words.get(i).is(","))) {
                define(words.subList(from, i), columns, keys);
                from = i + 1;
            }
        }
        List<SqlWord> options = words.subList(close + 1, words.size());
        boolean hasNumbers = indexOf(options, "WITHOUT") < 0;
        return hasNumbers
                ? new Columns(table, stored(columns), 0)
                : withoutNumbers(table, columns, keys);
    }

    private static List<String> stored(List<Column> columns) {
        return columns.stream().filter(Column::isStored).map(Column::name).toList();
    }

    /// The key comes first, then the other columns (section 2.4).
    private static Columns withoutNumbers(String table, List<Column> columns, List<String> stated) {
        List<String> names = new ArrayList<>();
        List<String> keys =
                stated.isEmpty()
                        ? columns.stream().filter(Column::isKey).map(Column::name).toList()
                        : stated;
        for (String key : keys) {
            if (names.stream().noneMatch(key::equalsIgnoreCase)) {
                names.add(key);
            }
        }
        int count = names.size();
        for (String name : stored(columns)) {
            if (names.subList(0, count).stream().noneMatch(name::equalsIgnoreCase)) {
                names.add(name);
            }
        }
        return new Columns(table, names, count);
    }

    private static void define(List<SqlWord> words, List<Column> columns, List<String> keys) {
        if (words.isEmpty()) {
            return;
        }
        SqlWord first = words.getFirst();
        if (first.is("CONSTRAINT")
                || first.is("PRIMARY")
                || first.is("UNIQUE")
                || first.is("CHECK")
                || first.is("FOREIGN")) {
            int primary = indexOf(words, "PRIMARY");
            if (primary >= 0) {
                addKeys(words.subList(primary, words.size()), keys);
            }
            return;
        }
        columns.add(
                new Column(
                        first.text(),
                        indexOf(words, "PRIMARY") > 0,
                        indexOf(words, "AS") < 0 || indexOf(words, "STORED") > 0));
    }

    /// The names that stand alone or first between the parentheses of `PRIMARY KEY (a, b COLLATE NOCASE DESC)`.
    private static void addKeys(List<SqlWord> words, List<String> keys) {
        int open = indexOf(words, "(");
        int close = open < 0 ? -1 : closing(words, open);
        for (int i = open + 1; i < close; i++) {
            if (i == open + 1 || words.get(i - 1).is(",")) {
                keys.add(words.get(i).text());
            }
        }
    }

    private static int indexOf(List<SqlWord> words, String wanted) {
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).is(wanted)) {
                return i;
            }
        }
        return -1;
    }

    private static int closing(List<SqlWord> words, int open) {
        int depth = 0;
        for (int i = open; i < words.size(); i++) {
            depth += words.get(i).is("(") ? 1 : words.get(i).is(")") ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    /// Where among the columns one of these names is; -1 if none is.
    int indexOfAny(List<String> wanted) {
        for (int i = 0; i < names.size(); i++) {
            if (wanted.contains(names.get(i).toLowerCase(Locale.ROOT))) {
                return i;
            }
        }
        return -1;
    }
}
