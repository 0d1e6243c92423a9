package io.jwtrawl.rules;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// A text in which `*` stands for any run of characters, matched against whole values.
///
/// Time is at most the product of both lengths: no backtracking beyond the last star, whatever the value.
public record Glob(@JsonValue String pattern) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Glob of(String pattern) {
        return new Glob(pattern);
    }

    public boolean matches(String value) {
        int p = 0;
        int v = 0;
        int afterStar = -1;
        int resume = 0;
        while (v < value.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                afterStar = ++p;
                resume = v;
            } else if (p < pattern.length() && pattern.charAt(p) == value.charAt(v)) {
                p++;
                v++;
            } else if (afterStar >= 0) {
                p = afterStar;
                v = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
