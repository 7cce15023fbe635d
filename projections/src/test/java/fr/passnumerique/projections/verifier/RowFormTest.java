package fr.passnumerique.projections.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.projections.Story;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands beside the payloads, and around the lines, is told by the format too. */
class RowFormTest {
  private static final Fact FIRST = Story.untilHandedOut().getFirst();
  private static final List<Fact> REST =
      Story.untilHandedOut().subList(1, Story.untilHandedOut().size());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello",
        "\"hello\"",
        "{}",
        "{\"actor\":\"a\"}",
        "{\"actor\":\"\",\"role\":\"CLERK\"}",
        "{\"actor\":\"a\",\"role\":\"KING\"}",
        "{\"actor\":\"a\",\"role\":\"CLERK\",\"z\":1}",
        "{\"actor\":\"a\",\"role\":\"CLERK\",\"role\":\"CLERK\"}"
      })
  void whoAskedIsAnAccountAndItsRole(String metadata) throws IOException {
    WrittenLedger ledger =
        new WrittenLedger().withRow(FIRST, row -> row(row, row.tags(), metadata)).with(REST);
    found(ledger.verified(), 1, "its metadata is no object of actor and role");
  }

  @Test
  void eachRoleOfAnAccountIsOne() throws IOException {
    assertThat(RowForm.ROLES)
        .isEqualTo(Stream.of(Role.values()).map(Role::name).collect(Collectors.toSet()))
        .contains(Actor.ENGINE.role().name());
    for (String role : RowForm.ROLES) {
      String metadata = "{\"actor\":\"engine\",\"role\":\"%s\"}".formatted(role);
      assertHolds(
          new WrittenLedger().withRow(FIRST, row -> row(row, row.tags(), metadata)).verified());
    }
  }

  @Test
  void tagsAreSortedAndStandThereOnce() throws IOException {
    Fact several = REST.stream().filter(fact -> fact.tags().size() > 2).findFirst().orElseThrow();
    for (boolean twice : new boolean[] {true, false}) {
      WrittenLedger ledger = new WrittenLedger().with(FIRST);
      for (Fact fact : REST) {
        ledger.withRow(
            fact,
            row ->
                fact != several
                    ? row
                    : row(
                        row,
                        twice
                            ? Stream.concat(row.tags().stream(), row.tags().stream())
                                .sorted()
                                .toList()
                            : row.tags().reversed(),
                        row.metadata()));
      }
      found(ledger.verified(), REST.indexOf(several) + 2, "its tags are not sorted");
    }
  }

  @Test
  void aFactWithoutTheTagsOfItsTypeIsFound() throws IOException {
    found(
        new WrittenLedger().withRow(FIRST, row -> row(row, List.of(), row.metadata())).verified(),
        1,
        "it lacks the tag");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"scope\":\"WHOLE\" ; \"scope\":\"WHOLE\",\"funder\":\"anct\" ; names a funder",
        "\"exportedAt\":\"2026-03-02T00:00:00Z\", ; '' ; exportedAt is missing",
        "\"exportedAt\":\"2026 ; \"exportedAt\":\"March 2026 ; exportedAt is no instant",
        ",\"leftOut\":\"\"} ; } ; leftOut is missing",
      })
  void theFirstLineHasItsFieldsAndNoOther(String is, String other, String words)
      throws IOException {
    WrittenLedger ledger = new WrittenLedger().with(FIRST);
    found(ledger.verified(file -> changed(file, is, other)), 0, words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"end\":true ; \"end\":false ; end is not true",
        "\"balancesLeftOut\":\"none\" ; \"balancesLeftOut\":7 ; balancesLeftOut is missing or no",
        ",\"balancesLeftOut\":\"none\" ; '' ; one of the two",
        "\"balancesLeftOut\": ; \"balances\":[],\"balancesLeftOut\": ; one of the two",
      })
  void theLastLineHasItsFieldsAndNoOther(String is, String other, String words) throws IOException {
    WrittenLedger ledger = new WrittenLedger().with(FIRST);
    found(ledger.verified(file -> changed(file, is, other)), 2, words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"leftOut\":true ; \"leftOut\":false ; leftOut is not true",
        ",\"entries\":[] ; '' ; entries is missing",
      })
  void aRowThatIsLeftOutHasItsFields(String is, String other, String words) throws IOException {
    WrittenLedger ledger = new WrittenLedger().ofFunder("anct").without(List.of(FIRST));
    found(ledger.verified(file -> changed(file, is, other)), 1, words);
  }

  /** Of all lines or of one. */
  @Test
  void aLineIsEndedByALineFeedAlone() throws IOException {
    WrittenLedger ledger = new WrittenLedger().with(Story.untilHandedOut());
    assertHolds(ledger.verified());
    String words = "not ended by a line feed alone";
    found(ledger.verified(file -> file.replace("\n", "\r\n")), 0, words);
    found(
        ledger.verified(file -> changed(file, "\n{\"end\"", "\r\n{\"end\"")),
        ledger.position(),
        words);
    found(ledger.verified(String::stripTrailing), ledger.position(), words);
  }

  private static ExportedRow row(ExportedRow row, List<String> tags, String metadata) {
    return new ExportedRow(
        row.position(),
        row.eventId(),
        row.recordedAt(),
        row.type(),
        row.version(),
        tags,
        row.payload(),
        metadata,
        row.hash(),
        row.published());
  }

  private static String changed(String file, String is, String other) {
    assertThat(file).contains(is);
    return file.replace(is, other);
  }

  private static void found(Verification verified, long position, String words) {
    assertThat(verified.findings().shown())
        .anySatisfy(
            found -> {
              assertThat(found.check()).isEqualTo(Check.FORMAT);
              assertThat(found.position()).isEqualTo(position);
              assertThat(found.value()).contains(words);
            });
    assertThat(verified.findings().count(Check.CHAIN)).isZero();
  }

  private static void assertHolds(Verification verified) {
    assertThat(verified.findings().none()).as(verified.findings().shown().toString()).isTrue();
  }
}
