package fr.passnumerique.ui.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MatchingPagesTest {
  /** The one that replaces it is to be proved, and nothing would ever prove this one. */
  @Test
  void aStatementThatAnotherReplacesIsNotMissingItsProof() {
    assertThat(MatchingPages.unproven(List.of(MatchingSpecimens.statement(-10_00, true)))).isZero();
    assertThat(
            MatchingPages.unproven(
                List.of(
                    MatchingSpecimens.statement(-10_00, true),
                    MatchingSpecimens.statement(-10_00, false),
                    MatchingSpecimens.statement(0, false))))
        .isEqualTo(1);
  }
}
