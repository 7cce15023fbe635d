package fr.passnumerique.loadtest.peak;

import static java.nio.charset.StandardCharsets.UTF_8;

import fr.passnumerique.clearing.issuance.CheckKeys;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.money.QuotaSequence;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.loadtest.peak.Plan.Agreement;
import fr.passnumerique.loadtest.peak.Plan.PlannedBatch;
import fr.passnumerique.loadtest.peak.Plan.Share;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/** The rival's tables with the plan's venues and cheques in them. */
final class RivalTables {
  private final Plan plan;
  private final Numbers<Departement> departements;

  private RivalTables(Plan plan) {
    this.plan = plan;
    this.departements = new Numbers<>(plan.departements());
  }

  /** Makes the tables and fills them. */
  static void make(Connection connection, Plan plan, CheckKeys keys) throws SQLException {
    Server.execute(connection, RivalSchema.TABLES);
    new RivalTables(plan).fill(connection, keys);
  }

  /** By site: the number of the service that is given there. */
  static short[] services(Plan plan) {
    Numbers<String> services = new Numbers<>(plan.services());
    short[] ofSites = new short[plan.sites().size()];
    for (int site = 0; site < ofSites.length; site++) {
      ofSites[site] = (short) services.of(plan.sites().get(site).service());
    }
    return ofSites;
  }

  private void fill(Connection connection, CheckKeys keys) throws SQLException {
    Numbers<String> funders = new Numbers<>(List.of());
    Copy copy = new Copy(connection);
    copy.open("departement (id, code)");
    for (Departement departement : plan.departements()) {
      copy.row(departements.of(departement), departement);
    }
    copy.open("agreement (id, code)");
    for (Agreement agreement : plan.agreements()) {
      copy.row(plan.agreements().indexOf(agreement), agreement.id());
      agreement.key().forEach(share -> funders.of(share.funder()));
    }
    copy.open("funder (id, code)");
    for (String funder : funders.inOrder()) {
      copy.row(funders.of(funder), funder);
    }
    copy.open("venue (id, siret, labelled_from)");
    for (int i = 0; i < plan.venues().size(); i++) {
      copy.row(i, plan.venues().get(i), plan.labelledFrom());
    }
    copy.open("site (id, venue, code, departement)");
    for (int i = 0; i < plan.sites().size(); i++) {
      Site site = plan.sites().get(i);
      copy.row(
          i,
          plan.venues().indexOf(site.venue()),
          site.pointOfService(),
          departements.of(site.departement()));
    }
    copy.open(
        "batch (id, agreement, funding_departement, face_value_cents, presentation_window,"
            + " last_presentation, services, territory)");
    for (PlannedBatch batch : plan.batches()) {
      copy.row(
          batch.number(),
          batch.agreement(),
          departements.of(batch.funding()),
          Plan.FACE_VALUE_CENTS,
          Plan.PRESENTATION_WINDOW_DAYS,
          plan.endsOn().plusDays(Plan.TOLERANCE_DAYS),
          "1".repeat(plan.services().size()),
          "1".repeat(plan.departements().size()));
    }
    cheques(copy, funders, keys);
    copy.close();
  }

  /**
   * How the cents of a cheque are dealt: what {@code split} holds a row per funder of.
   *
   * @param cents in the key's order
   */
  private record Deal(int agreement, List<Long> cents) {}

  private void cheques(Copy copy, Numbers<String> funders, CheckKeys keys) throws SQLException {
    Numbers<Deal> patterns = new Numbers<>(List.of());
    String keyName = keys.currentKeyName();
    LocalDate lastDay = plan.handedOutOn().plusDays(Plan.VALIDITY_DAYS);
    copy.open("cheque (serial, check_part, handed_out_on, last_day, pattern, status, activated)");
    for (PlannedBatch batch : plan.batches()) {
      QuotaSequence sequence =
          QuotaSequence.of(
              plan.agreements().get(batch.agreement()).key().stream()
                  .mapToInt(Share::basisPoints)
                  .toArray());
      for (int ordinal = 1; ordinal <= batch.cheques(); ordinal++) {
        Serial serial = new Serial(batch.batch(), ordinal);
        long[] cents =
            sequence.deal(
                batch.firstCent() + (ordinal - 1L) * Plan.FACE_VALUE_CENTS, Plan.FACE_VALUE_CENTS);
        boolean handedOut = batch.handedOut(ordinal);
        copy.row(
            serial.key(),
            keys.check(serial, keyName),
            handedOut ? plan.handedOutOn() : "",
            handedOut ? lastDay : "",
            patterns.of(new Deal(batch.agreement(), LongStream.of(cents).boxed().toList())),
            handedOut ? 1 : 0,
            true);
      }
    }
    copy.open("split (pattern, funder, cents)");
    for (Deal deal : patterns.inOrder()) {
      List<Share> key = plan.agreements().get(deal.agreement()).key();
      for (int place = 0; place < key.size(); place++) {
        if (deal.cents().get(place) > 0) {
          copy.row(patterns.of(deal), funders.of(key.get(place).funder()), deal.cents().get(place));
        }
      }
    }
  }

  /** Small numbers for what the rival's tables call by number, from 0. */
  private static final class Numbers<T> {
    private final Map<T, Integer> numbers = new LinkedHashMap<>();

    Numbers(List<T> known) {
      known.forEach(this::of);
    }

    int of(T value) {
      return numbers.computeIfAbsent(value, _ -> numbers.size());
    }

    List<T> inOrder() {
      return List.copyOf(numbers.keySet());
    }
  }

  /** Rows on their way into one table after the other. */
  private static final class Copy {
    private static final int CHUNK = 1 << 16;

    private final CopyManager manager;
    private @Nullable CopyIn into;
    private final StringBuilder rows = new StringBuilder();

    Copy(Connection connection) throws SQLException {
      manager = connection.unwrap(PGConnection.class).getCopyAPI();
    }

    void open(String table) throws SQLException {
      close();
      into = manager.copyIn("copy %s from stdin (format csv)".formatted(table));
    }

    void row(Object... values) throws SQLException {
      for (int i = 0; i < values.length; i++) {
        rows.append(i == 0 ? "" : ",").append(values[i]);
      }
      rows.append('\n');
      if (rows.length() >= CHUNK) {
        flush();
      }
    }

    private void flush() throws SQLException {
      if (into != null) {
        byte[] bytes = rows.toString().getBytes(UTF_8);
        into.writeToCopy(bytes, 0, bytes.length);
        rows.setLength(0);
      }
    }

    void close() throws SQLException {
      if (into != null) {
        flush();
        into.endCopy();
        into = null;
      }
    }
  }
}
