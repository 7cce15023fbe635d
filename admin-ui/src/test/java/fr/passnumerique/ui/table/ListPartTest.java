package fr.passnumerique.ui.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ListPartTest {
  @Test
  void aListThatIsNotTooLongHasNoParts() {
    ListPart all = ListPart.of("/livraisons", null, Optional.empty());
    assertThat(all.isWhole()).isTrue();
    assertThat(all.address()).isEqualTo("/livraisons");
  }

  @Test
  void anOlderPartLeadsOnAndBackToTheNewest() {
    ListPart newest = ListPart.of("/livraisons", null, Optional.of(500L));
    assertThat(newest.isWhole()).isFalse();
    assertThat(newest.newest()).isNull();
    assertThat(newest.older()).isEqualTo("/livraisons?before=500");
    ListPart last = ListPart.of("/livraisons", 500L, Optional.empty());
    assertThat(last.isWhole()).isFalse();
    assertThat(last.address()).isEqualTo(newest.older());
    assertThat(last.newest()).isEqualTo("/livraisons");
    assertThat(last.older()).isNull();
  }

  @Test
  void inOrderOfIdentifiersAPartLeadsOnAndBackToTheFirst() {
    ListPart all = ListPart.byName("/prescripteurs", "", null);
    assertThat(all.isWhole()).isTrue();
    ListPart first = ListPart.byName("/prescripteurs", "", "ccas-gueret");
    assertThat(first.newest()).isNull();
    assertThat(first.older()).isEqualTo("/prescripteurs?after=ccas-gueret");
    ListPart typed = ListPart.byName("/prescripteurs", "a&b=c", null);
    assertThat(typed.address()).isEqualTo("/prescripteurs?after=a%26b%3Dc");
    assertThat(typed.newest()).isEqualTo("/prescripteurs");
    assertThat(typed.older()).isNull();
  }

  @Test
  void whoSortsSearchesOrTurnsPagesStaysInThePart() {
    List<Integer> rows = IntStream.range(0, 120).boxed().toList();
    TableSheet<Integer> sheet =
        Columns.<Integer>of()
            .number("nombre", "Nombre", row -> row)
            .show(
                ListPart.of("/livraisons", 500L, Optional.empty()).address(),
                rows,
                AskedTable.AS_IT_COMES);
    assertThat(sheet.headings().getFirst().address()).startsWith("/livraisons?before=500&tri=");
    assertThat(sheet.next()).isEqualTo("/livraisons?before=500&page=2");
    assertThat(sheet.kept()).containsEntry("before", "500");
  }
}
