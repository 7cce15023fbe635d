package fr.passnumerique.projections.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.projections.Story;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a slip's sums do not show, for they come out. */
class SlipPartsTest {
  private final WrittenLedger ledger = new WrittenLedger().with(Story.untilHandedOut());

  /** The sum of the share stays what it is. */
  @ParameterizedTest
  @CsvSource({"5000, -5000", "0, 0"})
  void aShareIsToldInOnePart(long more, long less) throws IOException {
    SlipJudged slip = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 3);
    Verification verified =
        ledger
            .with(
                slip,
                payload -> {
                  String part = payload.replaceAll("(?s).*\"owed\":\\[(\\{[^}]*}).*", "$1");
                  String further =
                      part.replaceAll("\"cents\":\\d+", "\"cents\":" + more)
                          + ","
                          + part.replaceAll("\"cents\":\\d+", "\"cents\":" + less);
                  return payload.replace("\"owed\":[", "\"owed\":[" + further + ",");
                })
            .verified();
    assertThat(verified.findings().shown())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.check()).isEqualTo(Check.SPLIT);
              assertThat(found.position()).isEqualTo(ledger.position());
              assertThat(found.value()).startsWith("owed has 4 parts of 2 shares");
            });
  }

  /** Each part is above zero, and they come to the share. */
  @Test
  void aShareIsNotDivided() throws IOException {
    SlipJudged slip = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 3);
    long cents = slip.owed().getFirst().cents();
    Verification verified =
        ledger
            .with(
                slip,
                payload -> {
                  String part = payload.replaceAll("(?s).*\"owed\":\\[(\\{[^}]*}).*", "$1");
                  String whole = "\"cents\":" + cents;
                  return payload.replace(
                      "\"owed\":[" + part,
                      "\"owed\":["
                          + part.replace(whole, "\"cents\":1")
                          + ","
                          + part.replace(whole, "\"cents\":" + (cents - 1)));
                })
            .verified();
    assertThat(verified.findings().shown())
        .singleElement()
        .satisfies(found -> assertThat(found.value()).startsWith("owed has 3 parts of 2 shares"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1_000})
  void aChequeThatWasIssuedIsNotUnknown(int ordinal) throws IOException {
    Verification verified = ledger.with(unknown(ordinal)).verified();
    assertThat(verified.findings().shown())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.check()).isEqualTo(Check.REDEEMED_ONCE);
              assertThat(found.value()).contains("rejected here as unknown and was issued before");
            });
  }

  @Test
  void whatWasNotIssuedIs() throws IOException {
    Verification verified = ledger.with(unknown(1_001)).verified();
    assertThat(verified.findings().none()).as(verified.findings().shown().toString()).isTrue();
  }

  private static SlipJudged unknown(int ordinal) {
    return Story.slip(
        Story.LIBRARY,
        "S-1",
        Story.LIBRARY_DESK,
        List.of(Story.accepted(1 + ordinal % 2), Story.rejected(ordinal, Verdict.UNKNOWN_CHEQUE)));
  }
}
