package fr.passnumerique.ui.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.projections.accounts.Cause;
import fr.passnumerique.projections.accounts.PostingsPage.Posting;
import fr.passnumerique.projections.histories.ChequePostings;
import fr.passnumerique.ui.words.CauseWords;
import fr.passnumerique.ui.words.Names;
import fr.passnumerique.ui.words.PostingLinks;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MoneyInTest {
  private static final LocalDate DAY = LocalDate.of(2026, 4, 2);
  private static final Names NAMES =
      new Names(_ -> Optional.empty(), _ -> Optional.empty(), _ -> List.of());
  private static final PostingLinks ALL = new PostingLinks(true, Set.of(), Map.of());

  private static ChequePostings.Receipt receipt(@Nullable Long takenBackAt) {
    return new ChequePostings.Receipt(
        5, Instant.EPOCH, DAY, "v-1", "CONV-16", "region", 1_000, takenBackAt);
  }

  private static Posting posting(long position) {
    return new Posting(
        position,
        Instant.EPOCH,
        DAY,
        "FundsReceived",
        List.of(new Cause("receipt", "v-1")),
        AccountKind.FUNDER_CREDIT,
        "",
        "pass",
        "CONV-16",
        "region",
        "",
        "",
        "",
        "",
        -1_000,
        -1_000);
  }

  @Test
  void whatTheBankTellsNoMoreIsMarkedFromThatFactOn() {
    assertThat(MoneyIn.of(receipt(null), 9, ALL, NAMES).takenBack()).isFalse();
    assertThat(MoneyIn.of(receipt(9L), 8, ALL, NAMES).takenBack()).isFalse();
    assertThat(MoneyIn.of(receipt(9L), 9, ALL, NAMES).takenBack()).isTrue();
    assertThat(MoneyIn.of(posting(5), Map.of("v-2", 9L), ALL, NAMES).takenBack()).isFalse();
    assertThat(MoneyIn.of(posting(5), Map.of("v-1", 9L), ALL, NAMES).takenBack()).isTrue();
  }

  @Test
  void aReceiptOfAnotherThatRepaidAFunderIsNoLinkForIt() {
    Actor region = new Actor("region", Role.FUNDER, "region");
    PostingLinks own = new PostingLinks(true, Set.of(5L), Map.of());
    assertThat(MoneyIn.of(receipt(null), 9, own, NAMES).receipt().page()).isNull();
    assertThat(MoneyIn.of(receipt(null), 9, ALL, NAMES).receipt().page())
        .isEqualTo("/versements/v-1");
    assertThat(CauseWords.of(posting(5), own, region))
        .containsExactly(new CauseWords("Versement", "v-1", null));
    assertThat(CauseWords.of(posting(6), own, region))
        .containsExactly(new CauseWords("Versement", "v-1", "/versements/v-1"));
    assertThat(CauseWords.of(posting(6), new PostingLinks(false, Set.of(), Map.of()), region))
        .containsExactly(new CauseWords("Versement", "v-1", null));
  }
}
