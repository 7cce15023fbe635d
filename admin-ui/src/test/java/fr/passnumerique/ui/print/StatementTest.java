package fr.passnumerique.ui.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.projections.accounts.Balances;
import fr.passnumerique.projections.accounts.Balances.Amounts;
import fr.passnumerique.projections.loop.Caveats;
import fr.passnumerique.ui.print.Statement.Row;
import fr.passnumerique.ui.print.Statement.Section;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatementTest {
  private static final LocalDate SINCE = LocalDate.of(2026, 1, 1);

  /** With no amount zero, or one that is left out would not be missed. */
  @Test
  void aTotalIsTheSumOfItsRows() {
    Statement statement =
        Statement.ofFunder(
            "anct", "ANCT", SINCE, balances(ofFunder(1), null), balances(ofFunder(7), null));

    assertThat(statement.sections()).hasSize(2);
    for (Section section : statement.sections()) {
      Row total = section.rows().getLast();
      List<Row> parts = section.rows().subList(0, section.rows().size() - 1);
      assertThat(total.total()).as(section.title()).isTrue();
      assertThat(parts).as(section.title()).hasSize(8).noneMatch(Row::total);
      assertThat(parts.stream().mapToLong(Row::opening).sum())
          .as(section.title())
          .isEqualTo(total.opening());
      assertThat(parts.stream().mapToLong(Row::closing).sum())
          .as(section.title())
          .isEqualTo(total.closing());
    }
  }

  /** What it waives is not told of its accounts: no sum of the others is what was accepted. */
  @Test
  void ofAVenueWhatWasAcceptedStandsFirstAndIsNoTotal() {
    Section account =
        Statement.ofVenue("1", "Bus", null, null, balances(ofVenue(), null)).sections().getFirst();

    assertThat(account.rows())
        .containsExactly(
            new Row("Accepté", 0, 1_000, false),
            new Row("À payer", 0, 200, false),
            new Row("Virement en cours", 0, 40, false),
            new Row("De ces deux, pour des lignes annulées depuis", 0, 7, false),
            new Row("Payé", 0, 300, false));
    assertThat(account.note()).contains("Un lieu gratuit");
  }

  @Test
  void aFigureThatIsNotToldIsNoZero() {
    assertThatThrownBy(
            () -> Statement.ofFunder("anct", "ANCT", null, null, balances(ofVenue(), null)))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("Non affecté");
  }

  @Test
  void whatMustBeKnownOfTheOpeningIsToldToo() {
    Caveats opening =
        new Caveats(null, List.of(), List.of(new Caveats.OtherFigures("avril", 12, true)));
    Caveats closing =
        new Caveats(null, List.of(), List.of(new Caveats.OtherFigures("mai", 15, true)));

    assertThat(
            Statement.ofFunder(
                    "anct",
                    "ANCT",
                    SINCE,
                    balances(ofFunder(1), opening),
                    balances(ofFunder(2), closing))
                .warnings())
        .hasSize(2)
        .anyMatch(warning -> warning.contains("avril"))
        .anyMatch(warning -> warning.contains("mai"));
  }

  /** By the identities that {@link Amounts} tells, each part another power of two. */
  private static Amounts ofFunder(long times) {
    long[] part = LongStream.range(0, 15).map(i -> times << i).toArray();
    long redeemed = part[0];
    long waived = part[1];
    return new Amounts(
        part[2] + part[3] + part[4] + part[5] + part[6] + part[7] + redeemed - waived,
        part[2],
        times,
        part[3],
        part[4],
        part[5],
        part[6],
        part[8] + part[9] + part[10] + part[11] + part[12] + part[13] + part[14] + redeemed,
        part[8],
        part[9],
        part[10],
        part[11],
        part[12],
        part[13],
        part[14],
        redeemed,
        waived,
        times,
        times,
        part[7],
        times);
  }

  private static Amounts ofVenue() {
    return new Amounts(
        null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
        1_000, null, 200, 40, 7, 300);
  }

  private static Balances balances(Amounts totals, @Nullable Caveats caveats) {
    return new Balances(
        20,
        Instant.parse("2026-03-12T09:30:00Z"),
        null,
        20,
        null,
        totals,
        List.of(),
        null,
        null,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        caveats);
  }
}
