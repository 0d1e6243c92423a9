package io.jwtrawl.git.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.testkit.Tries;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NumberTableTest {

    @Test
    void itNumbersAsAMapDoes() {
        Tries.run(
                50,
                random -> {
                    var table = new NumberTable(random.nextInt(100));
                    Map<Integer, Integer> places = new LinkedHashMap<>();
                    int highest = 1 + random.nextInt(5_000);
                    for (int i = 0; i < 2_000; i++) {
                        int number = random.nextInt(highest) << random.nextInt(8);
                        assertThat(table.find(number)).isEqualTo(places.getOrDefault(number, -1));
                        places.putIfAbsent(number, places.size());
                        assertThat(table.add(number)).isEqualTo(places.get(number));
                    }
                    assertThat(table.size()).isEqualTo(places.size());
                    places.forEach(
                            (number, place) -> assertThat(table.at(place)).isEqualTo(number));
                });
    }
}
