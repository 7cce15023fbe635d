package fr.passnumerique.loadtest.rebuild;

import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.venues.PointOfServiceId;
import fr.passnumerique.clearing.venues.VenueId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * A ledger of judged slips and nothing else, written without deciding: each cheque once, three
 * funders, every venue with one département. The chain's hashes are not computed: nobody verifies
 * this ledger.
 */
final class Slips {
  static final int LINES = 42;
  private static final int VENUES = 2_000;
  private static final int SLIPS_PER_STATEMENT = 1_000;
  private static final Instant START = Instant.parse("2026-03-20T09:00:00Z");
  private static final LocalDate SERVED_ON = LocalDate.of(2026, 3, 16);
  private static final int CENTS = 1_000;
  private static final long[] SHARES = {571, 229, 200};

  private Slips() {}

  /**
   * @return how many lines, at least as many as asked for
   */
  static long record(DataSource ledger, FactCatalogue catalogue, long lines) throws SQLException {
    long slips = (lines + LINES - 1) / LINES;
    try (Connection connection = ledger.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                insert into ledger.event (position, event_id, recorded_at, type, version, tags, payload, metadata, hash)
                select n.position, gen_random_uuid(),
                       ?::timestamptz + n.position * interval '1 millisecond', 'SlipJudged', 1,
                       array[n.tag], n.payload, '{"actor":"loadtest"}', decode(repeat('00', 32), 'hex')
                  from unnest(?::bigint[], ?::text[], ?::text[]) as n(position, tag, payload)
                """)) {
      for (long from = 1; from <= slips; from += SLIPS_PER_STATEMENT) {
        List<Long> positions = new ArrayList<>();
        List<String> tags = new ArrayList<>();
        List<String> payloads = new ArrayList<>();
        for (long p = from; p <= Math.min(slips, from + SLIPS_PER_STATEMENT - 1); p++) {
          SlipJudged slip = slip(p);
          positions.add(p);
          tags.add(slip.tags().iterator().next());
          payloads.add(catalogue.write(slip));
        }
        insert.setString(1, START.toString());
        insert.setArray(2, connection.createArrayOf("bigint", positions.toArray()));
        insert.setArray(3, connection.createArrayOf("text", tags.toArray()));
        insert.setArray(4, connection.createArrayOf("text", payloads.toArray()));
        insert.executeUpdate();
      }
    }
    return slips * LINES;
  }

  private static SlipJudged slip(long position) {
    // Neighbours in the ledger are far apart in the index of cheques.
    int venue = (int) (position * 7_919 % VENUES);
    Departement departement = new Departement("%02d".formatted(21 + venue % 70));
    List<SlipJudged.Line> lines = new ArrayList<>();
    for (int line = 0; line < LINES; line++) {
      long cheque = (position - 1) * LINES + line;
      Serial serial =
          new Serial(Batch.of((int) (1 + cheque / 100_000)), (int) (1 + cheque % 100_000));
      lines.add(
          new SlipJudged.Line(Optional.of(serial), line / 14, Optional.empty(), Optional.empty()));
    }
    List<SlipJudged.Visit> visits = new ArrayList<>();
    for (int visit = 0; visit < 3; visit++) {
      visits.add(
          new SlipJudged.Visit(
              new PointOfServiceId("point-" + venue),
              departement,
              SERVED_ON.plusDays(visit),
              "Utiliser le numérique"));
    }
    List<SlipJudged.SpentCents> owed = new ArrayList<>();
    for (int funder = 0; funder < SHARES.length; funder++) {
      owed.add(
          new SlipJudged.SpentCents(
              new ProgrammeId("pass"),
              new AgreementId("convention-2026"),
              1,
              new Departement("23"),
              departement,
              new FunderId("financeur-" + funder),
              SHARES[funder] * LINES * CENTS / 1_000,
              Optional.empty()));
    }
    return new SlipJudged(
        new VenueId("%014d".formatted(21_230_096_100_018L + venue)),
        new SlipReference("B-" + position),
        "0123456789abcdef0123456789abcdef",
        START,
        visits,
        lines,
        owed);
  }
}
