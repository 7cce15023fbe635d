package fr.passnumerique.projections.registers;

import static java.util.stream.Collectors.joining;

import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.distribution.ChequesDelivered;
import fr.passnumerique.clearing.distribution.ChequesHandedOut;
import fr.passnumerique.clearing.distribution.HandOutCorrected;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.distribution.PrescriberRegistered;
import fr.passnumerique.clearing.distribution.StockReturned;
import fr.passnumerique.clearing.expiry.ChequesExpired;
import fr.passnumerique.clearing.funding.AgreementSigned;
import fr.passnumerique.clearing.funding.AgreementTerms;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FunderRegistered;
import fr.passnumerique.clearing.funding.ProgrammeDefined;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequesActivated;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.payee.FunderAccountOpened;
import fr.passnumerique.clearing.payee.OpenedAccount;
import fr.passnumerique.clearing.payee.VenueAccountOpened;
import fr.passnumerique.clearing.redemption.ChequesOpposed;
import fr.passnumerique.clearing.redemption.ChequesOpposed.TitlesHeld;
import fr.passnumerique.clearing.refund.RefundRejected;
import fr.passnumerique.clearing.refund.RefundReturned;
import fr.passnumerique.clearing.settlement.TransferRejected;
import fr.passnumerique.clearing.settlement.TransferReturned;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.LabelDecided;
import fr.passnumerique.clearing.venues.LabelState;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.clearing.venues.VenueIdentified;
import fr.passnumerique.clearing.venues.VenueLabelled;
import fr.passnumerique.clearing.venues.VenueListed;
import fr.passnumerique.projections.loop.Bulk;
import fr.passnumerique.projections.loop.Projection;
import fr.passnumerique.projections.loop.Tables;
import fr.passnumerique.projections.loop.UnfoldableFactException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who are the parties, what stands in the label register, and who holds which titles? */
final class RegistersProjection implements Projection {
  static final String NAME = "registers";

  private static final Tables TABLES =
      Tables.of(
              "funder",
              "programme",
              "agreement",
              "agreement_share",
              "prescriber",
              "venue",
              "point_of_service",
              "batch",
              "stock",
              "stock_movement",
              "payee_account")
          .comparedByRow("funder", "t.id")
          .comparedByRow("programme", "t.id")
          .comparedByRow("agreement", "t.id")
          .comparedByRow("agreement_share", "concat_ws(' ', t.agreement, t.key_version, t.place)")
          .comparedByRow("prescriber", "t.id")
          .comparedByRow("venue", "t.id")
          .comparedByRow("point_of_service", "concat_ws(' ', t.venue, t.id)")
          .comparedByRow("batch", "t.number::text")
          .comparedByRow("stock", "concat_ws(' ', t.prescriber, t.batch)")
          .comparedByGroup("stock_movement", "concat_ws(' ', t.prescriber, t.batch)")
          .comparedByRow("payee_account", "t.account");

  /** A separator that no text of a fact holds: an array of arrays must not be ragged. */
  private static final String BETWEEN = "\u001f";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Tables tables() {
    return TABLES;
  }

  @Override
  public Changes fold(List<RecordedFact> facts) {
    LastWord said = new LastWord();
    facts.forEach(said::fold);
    return said;
  }

  private record AgreementShare(AgreementTerms terms, int place, AgreementSigned.Share share) {}

  private record PointOfService(VenueId venue, VenueListed.PointOfService point) {}

  /**
   * @param from empty while the venue is not labelled
   */
  private record Label(String from, String decision) {}

  private record Closed(VaultReference account, long position) {}

  private record Issued(ChequesIssued fact, long position) {}

  private record Holding(PrescriberId prescriber, Batch batch) {}

  private record Moved(
      Holding holding, int delivered, int handedOut, int opposed, int returned, int expired) {
    Moved plus(Moved other) {
      return new Moved(
          holding,
          Math.addExact(delivered, other.delivered),
          Math.addExact(handedOut, other.handedOut),
          Math.addExact(opposed, other.opposed),
          Math.addExact(returned, other.returned),
          Math.addExact(expired, other.expired));
    }
  }

  /** What a batch of facts says of one venue. */
  private static final class VenueChange {
    private final VenueId venue;
    private @Nullable VenueListed listed;
    private @Nullable Label label;
    private boolean identified;
    private @Nullable VaultReference account;
    private long accountPosition;
    private long position;

    VenueChange(VenueId venue) {
      this.venue = venue;
    }
  }

  /** The last word of a batch of facts on each party. */
  private static final class LastWord implements Changes {
    private final Map<FunderId, FunderRegistered> funders = new LinkedHashMap<>();
    private final Map<ProgrammeId, ProgrammeDefined> programmes = new LinkedHashMap<>();
    private final List<AgreementSigned> agreements = new ArrayList<>();
    private final List<AgreementShare> shares = new ArrayList<>();
    private final Map<PrescriberId, PrescriberRegistered> prescribers = new LinkedHashMap<>();
    private final Map<VenueId, VenueChange> venues = new LinkedHashMap<>();
    private final Map<VaultReference, OpenedAccount> payeeAccounts = new LinkedHashMap<>();
    private final Map<VaultReference, Closed> closed = new LinkedHashMap<>();
    private final List<Issued> issued = new ArrayList<>();
    private final Map<Batch, Integer> activated = new LinkedHashMap<>();
    private final Map<Holding, Moved> stock = new LinkedHashMap<>();
    private final StockMovements movements = new StockMovements();

    void fold(RecordedFact recorded) {
      long position = recorded.position();
      switch (recorded.fact()) {
        case FunderRegistered f -> funders.put(f.funder(), f);
        case ProgrammeDefined f -> programmes.put(f.programme(), f);
        case AgreementTerms f -> {
          if (f instanceof AgreementSigned signed) {
            agreements.add(signed);
          }
          for (int place = 1; place <= f.shares().size(); place++) {
            shares.add(new AgreementShare(f, place, f.shares().get(place - 1)));
          }
        }
        case PrescriberRegistered f -> prescribers.put(f.prescriber(), f);
        case VenueListed f -> change(f.venue(), position).listed = f;
        case VenueIdentified f -> change(f.venue(), position).identified = true;
        case VenueLabelled f ->
            change(f.venue(), position).label =
                new Label(f.labelledFrom().toString(), f.decision());
        case LabelDecided f -> {
          // What is decided on some points of service only is told by the label register.
          if (f.pointsOfService().isEmpty()) {
            change(f.venue(), position).label =
                new Label(
                    f.state() == LabelState.LABELLED ? f.from().toString() : "", f.decision());
          }
        }
        case VenueAccountOpened f -> {
          VenueChange venue = change(f.venue(), position);
          venue.account = f.account();
          venue.accountPosition = position;
          payeeAccounts.put(f.account(), f);
        }
        case FunderAccountOpened f -> payeeAccounts.put(f.account(), f);
        case RefundRejected f -> closed.put(f.account(), new Closed(f.account(), position));
        case RefundReturned f -> closed.put(f.account(), new Closed(f.account(), position));
        case TransferRejected f ->
            closed.put(f.closedAccount(), new Closed(f.closedAccount(), position));
        case TransferReturned f ->
            closed.put(f.closedAccount(), new Closed(f.closedAccount(), position));
        case ChequesIssued f -> issued.add(new Issued(f, position));
        case ChequesActivated f ->
            activated.merge(f.batch(), f.lastOrdinal() - f.firstOrdinal() + 1, Math::addExact);
        case ChequesDelivered f ->
            move(recorded, f.prescriber(), f.cheques().batch(), f.cheques().count(), 0, 0, 0, 0);
        case ChequesHandedOut f -> {
          for (ChequeRange range : f.cheques()) {
            move(recorded, f.prescriber(), range.batch(), 0, range.count(), 0, 0, 0);
          }
        }
        case StockReturned f ->
            f.cheques()
                .forEach(
                    range ->
                        move(recorded, f.prescriber(), range.batch(), 0, 0, 0, range.count(), 0));
        case HandOutCorrected f ->
            f.cheques()
                .forEach(
                    range ->
                        move(recorded, f.prescriber(), range.batch(), 0, -range.count(), 0, 0, 0));
        case ChequesOpposed f -> {
          for (TitlesHeld held : f.titles()) {
            if (held.prescriber().isPresent()) {
              for (ChequeRange range : held.cheques()) {
                move(recorded, held.prescriber().get(), range.batch(), 0, 0, range.count(), 0, 0);
              }
            }
          }
        }
        case ChequesExpired f -> {
          for (ChequesExpired.Part part : f.parts()) {
            if (part.where() == ChequesExpired.Where.AT_PRESCRIBER) {
              move(
                  recorded, part.prescriber().orElseThrow(), f.batch(), 0, 0, 0, 0, part.cheques());
            }
          }
        }
        default -> {}
      }
    }

    private VenueChange change(VenueId id, long position) {
      VenueChange venue = venues.computeIfAbsent(id, VenueChange::new);
      venue.position = position;
      return venue;
    }

    private void move(
        RecordedFact recorded,
        PrescriberId prescriber,
        Batch batch,
        int delivered,
        int handedOut,
        int opposed,
        int returned,
        int expired) {
      Holding holding = new Holding(prescriber, batch);
      stock.merge(
          holding,
          new Moved(holding, delivered, handedOut, opposed, returned, expired),
          Moved::plus);
      movements.add(recorded, prescriber, batch, delivered, handedOut, opposed, returned, expired);
    }

    @Override
    public void write(Connection connection) throws SQLException {
      if (!funders.isEmpty()) {
        writeFunders(connection, List.copyOf(funders.values()));
      }
      if (!programmes.isEmpty()) {
        writeProgrammes(connection, List.copyOf(programmes.values()));
      }
      if (!agreements.isEmpty()) {
        writeAgreements(connection, agreements);
      }
      if (!shares.isEmpty()) {
        writeShares(connection, shares);
      }
      if (!prescribers.isEmpty()) {
        writePrescribers(connection, List.copyOf(prescribers.values()));
      }
      if (!venues.isEmpty()) {
        writeVenues(connection, List.copyOf(venues.values()));
      }
      if (!payeeAccounts.isEmpty()) {
        writePayeeAccounts(connection, List.copyOf(payeeAccounts.values()));
      }
      if (!closed.isEmpty()) {
        closeAccounts(connection, List.copyOf(closed.values()));
      }
      if (!issued.isEmpty()) {
        writeBatches(connection, issued);
      }
      if (!activated.isEmpty()) {
        writeActivated(connection, List.copyOf(activated.entrySet()));
      }
      if (!stock.isEmpty()) {
        writeStock(connection, List.copyOf(stock.values()));
        movements.write(connection);
      }
    }
  }

  private static void writeFunders(Connection connection, List<FunderRegistered> funders)
      throws SQLException {
    try (PreparedStatement upsert =
        connection.prepareStatement(
            """
            insert into projections.funder (id, name, kind)
            select * from unnest(?::text[], ?::text[], ?::text[])
            on conflict (id) do update set name = excluded.name, kind = excluded.kind
            """)) {
      Bulk.of(connection, upsert, funders)
          .texts(f -> f.funder().value())
          .texts(FunderRegistered::name)
          .texts(f -> f.kind().name());
      upsert.executeUpdate();
    }
  }

  private static void writeProgrammes(Connection connection, List<ProgrammeDefined> programmes)
      throws SQLException {
    try (PreparedStatement upsert =
        connection.prepareStatement(
            """
            insert into projections.programme (id, name, face_value_cents)
            select * from unnest(?::text[], ?::text[], ?::bigint[])
            on conflict (id) do update
              set name = excluded.name, face_value_cents = excluded.face_value_cents
            """)) {
      Bulk.of(connection, upsert, programmes)
          .texts(p -> p.programme().value())
          .texts(ProgrammeDefined::name)
          .longs(ProgrammeDefined::faceValueCents);
      upsert.executeUpdate();
    }
  }

  private static void writeAgreements(Connection connection, List<AgreementSigned> agreements)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into projections.agreement (id, programme, signed_on, starts_on, ends_on)
            select a.id, a.programme, a.signed_on::date, a.starts_on::date, a.ends_on::date
              from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                   as a(id, programme, signed_on, starts_on, ends_on)
            """)) {
      Bulk.of(connection, insert, agreements)
          .texts(a -> a.agreement().value())
          .texts(a -> a.programme().value())
          .texts(a -> a.signedOn().toString())
          .texts(a -> a.startsOn().toString())
          .texts(a -> a.endsOn().toString());
      insert.executeUpdate();
    }
  }

  private static void writeShares(Connection connection, List<AgreementShare> shares)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into projections.agreement_share
                   (agreement, key_version, place, funder, basis_points, ceiling_cents, pre_financier)
            select s.agreement, s.key_version, s.place, s.funder, s.basis_points, s.ceiling_cents,
                   nullif(s.pre_financier, '')
              from unnest(?::text[], ?::integer[], ?::integer[], ?::text[], ?::integer[], ?::bigint[], ?::text[])
                   as s(agreement, key_version, place, funder, basis_points, ceiling_cents, pre_financier)
            """)) {
      Bulk.of(connection, insert, shares)
          .texts(s -> s.terms().agreement().value())
          .ints(s -> s.terms().keyVersion())
          .ints(AgreementShare::place)
          .texts(s -> s.share().funder().value())
          .ints(s -> s.share().basisPoints())
          .longs(s -> s.share().ceilingCents())
          .texts(s -> s.share().preFinancier().map(FunderId::value).orElse(""));
      insert.executeUpdate();
    }
  }

  private static void writePrescribers(
      Connection connection, List<PrescriberRegistered> prescribers) throws SQLException {
    try (PreparedStatement upsert =
        connection.prepareStatement(
            """
            insert into projections.prescriber (id, name, departement)
            select * from unnest(?::text[], ?::text[], ?::text[])
            on conflict (id) do update set name = excluded.name, departement = excluded.departement
            """)) {
      Bulk.of(connection, upsert, prescribers)
          .texts(p -> p.prescriber().value())
          .texts(PrescriberRegistered::name)
          .texts(p -> p.departement().code());
      upsert.executeUpdate();
    }
  }

  private static void writeVenues(Connection connection, List<VenueChange> venues)
      throws SQLException {
    writeListed(connection, venues.stream().filter(v -> v.listed != null).toList());
    List<VenueChange> identified = venues.stream().filter(v -> v.identified).toList();
    if (!identified.isEmpty()) {
      try (PreparedStatement update =
          connection.prepareStatement(
              """
              update projections.venue v set payable = true, position = n.position
                from unnest(?::text[], ?::bigint[]) as n(id, position) where v.id = n.id
              """)) {
        Bulk.of(connection, update, identified).texts(v -> v.venue.value()).longs(v -> v.position);
        allFound(update.executeUpdate(), identified.size(), "identified venue that is not listed");
      }
    }
    List<VenueChange> labelled = venues.stream().filter(v -> v.label != null).toList();
    if (!labelled.isEmpty()) {
      try (PreparedStatement update =
          connection.prepareStatement(
              """
              update projections.venue v
                 set labelled_from = nullif(n.labelled_from, '')::date, label_decision = n.decision, position = n.position
                from unnest(?::text[], ?::text[], ?::text[], ?::bigint[])
                     as n(id, labelled_from, decision, position)
               where v.id = n.id
              """)) {
        Bulk.of(connection, update, labelled)
            .texts(v -> v.venue.value())
            .texts(v -> set(v.label).from())
            .texts(v -> set(v.label).decision())
            .longs(v -> v.position);
        allFound(update.executeUpdate(), labelled.size(), "labelled venue that is not listed");
      }
    }
    List<VenueChange> accounts = venues.stream().filter(v -> v.account != null).toList();
    if (!accounts.isEmpty()) {
      try (PreparedStatement update =
          connection.prepareStatement(
              """
              update projections.venue v
                 set account = n.account, account_position = n.opened, position = n.position
                from unnest(?::text[], ?::text[], ?::bigint[], ?::bigint[])
                     as n(id, account, opened, position)
               where v.id = n.id
              """)) {
        Bulk.of(connection, update, accounts)
            .texts(v -> v.venue.value())
            .texts(v -> set(v.account).value())
            .longs(v -> v.accountPosition)
            .longs(v -> v.position);
        allFound(update.executeUpdate(), accounts.size(), "account of a venue that is not listed");
      }
    }
  }

  private static void writePayeeAccounts(Connection connection, List<OpenedAccount> opened)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into projections.payee_account (account, fingerprint)
            select * from unnest(?::text[], ?::text[])
            on conflict (account) do nothing
            """)) {
      Bulk.of(connection, insert, opened)
          .texts(a -> a.account().value())
          .texts(OpenedAccount::fingerprint);
      insert.executeUpdate();
    }
  }

  /**
   * After the accounts that the same batch opens: those opened before the rejection are closed with
   * the others of their IBAN, and those opened since are not.
   */
  private static void closeAccounts(Connection connection, List<Closed> closed)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            with closed as materialized (
              select a.account, a.fingerprint, n.position
                from unnest(?::text[], ?::bigint[]) as n(account, position)
                join projections.payee_account a on a.account = n.account
            ), updated as (
              update projections.venue v
                 set account = '', position = greatest(v.position, c.position)
                from (select a.account, max(closed.position) as position
                        from closed join projections.payee_account a using (fingerprint)
                       group by a.account) c
               where v.account = c.account and v.account_position < c.position
            )
            select count(*) from closed
            """)) {
      Bulk.of(connection, update, closed).texts(c -> c.account().value()).longs(Closed::position);
      try (ResultSet found = update.executeQuery()) {
        found.next();
        allFound(found.getInt(1), closed.size(), "closed account that was never opened");
      }
    }
  }

  private static void writeListed(Connection connection, List<VenueChange> listed)
      throws SQLException {
    if (listed.isEmpty()) {
      return;
    }
    try (PreparedStatement upsert =
        connection.prepareStatement(
            """
            insert into projections.venue (id, identified_by, name, payable, source, position)
            select n.id, n.identified_by, n.name, n.payable::boolean, n.source, n.position
              from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[])
                   as n(id, identified_by, name, payable, source, position)
            on conflict (id) do update
              set identified_by = excluded.identified_by, name = excluded.name,
                  -- A list goes on describing a venue by its RNA that a clerk has identified since.
                  payable = venue.payable or excluded.payable,
                  source = excluded.source, position = excluded.position
            """)) {
      Bulk.of(connection, upsert, listed)
          .texts(v -> v.venue.value())
          .texts(v -> set(v.listed).identifiedBy().name())
          .texts(v -> set(v.listed).name())
          .texts(v -> String.valueOf(set(v.listed).payable()))
          .texts(v -> set(v.listed).source())
          .longs(v -> v.position);
      upsert.executeUpdate();
    }
    // A listing is the whole description.
    try (PreparedStatement delete =
        connection.prepareStatement(
            "delete from projections.point_of_service where venue = any (?::text[])")) {
      Bulk.of(connection, delete, listed).texts(v -> v.venue.value());
      delete.executeUpdate();
    }
    List<PointOfService> points = new ArrayList<>();
    for (VenueChange venue : listed) {
      set(venue.listed)
          .pointsOfService()
          .forEach(point -> points.add(new PointOfService(venue.venue, point)));
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into projections.point_of_service
                   (venue, id, name, street, postcode, commune, commune_code, departement, itinerant,
                    latitude, longitude, services)
            select n.venue, n.id, n.name, n.street, n.postcode, n.commune, n.commune_code, n.departement,
                   n.itinerant::boolean, nullif(n.latitude, '')::double precision,
                   nullif(n.longitude, '')::double precision, string_to_array(n.services, chr(31))
              from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                          ?::text[], ?::text[], ?::text[], ?::text[])
                   as n(venue, id, name, street, postcode, commune, commune_code, departement, itinerant,
                        latitude, longitude, services)
            """)) {
      Bulk.of(connection, insert, points)
          .texts(p -> p.venue().value())
          .texts(p -> p.point().id().value())
          .texts(p -> p.point().name())
          .texts(p -> p.point().street())
          .texts(p -> p.point().postcode())
          .texts(p -> p.point().commune())
          .texts(p -> p.point().communeCode())
          .texts(p -> p.point().departement().code())
          .texts(p -> String.valueOf(p.point().itinerant()))
          .texts(p -> p.point().latitude().map(String::valueOf).orElse(""))
          .texts(p -> p.point().longitude().map(String::valueOf).orElse(""))
          .texts(p -> p.point().services().stream().collect(joining(BETWEEN)));
      insert.executeUpdate();
    }
  }

  private static void writeBatches(Connection connection, List<Issued> issued) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into projections.batch
                   (number, order_id, programme, agreement, key_version, funding_departement, cheque_count,
                    cheques_per_carnet, face_value_cents, first_cent, split_algorithm, split_algorithm_version,
                    issued_on, ends_on, tolerance_days, position)
            select n.number, n.order_id, n.programme, n.agreement, n.key_version, n.funding_departement,
                   n.cheque_count, n.cheques_per_carnet, n.face_value_cents, n.first_cent, n.split_algorithm,
                   n.split_algorithm_version, n.issued_on::date, n.ends_on::date, n.tolerance_days, n.position
              from unnest(?::integer[], ?::text[], ?::text[], ?::text[], ?::integer[], ?::text[], ?::integer[],
                          ?::integer[], ?::bigint[], ?::bigint[], ?::text[], ?::integer[], ?::text[], ?::text[],
                          ?::integer[], ?::bigint[])
                   as n(number, order_id, programme, agreement, key_version, funding_departement, cheque_count,
                        cheques_per_carnet, face_value_cents, first_cent, split_algorithm,
                        split_algorithm_version, issued_on, ends_on, tolerance_days, position)
            """)) {
      Bulk.of(connection, insert, issued)
          .ints(i -> i.fact().batch().number())
          .texts(i -> i.fact().order().value())
          .texts(i -> i.fact().programme().value())
          .texts(i -> i.fact().agreement().value())
          .ints(i -> i.fact().keyVersion())
          .texts(i -> i.fact().fundingDepartement().code())
          .ints(i -> i.fact().chequeCount())
          .ints(i -> i.fact().chequesPerCarnet())
          .longs(i -> i.fact().faceValueCents())
          .longs(i -> i.fact().firstCent())
          .texts(i -> i.fact().splitAlgorithm())
          .ints(i -> i.fact().splitAlgorithmVersion())
          .texts(i -> i.fact().issuedOn().toString())
          .texts(i -> i.fact().endsOn().toString())
          .ints(i -> i.fact().toleranceDays())
          .longs(Issued::position);
      insert.executeUpdate();
    }
  }

  private static void writeActivated(
      Connection connection, List<Map.Entry<Batch, Integer>> activated) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            update projections.batch b set activated = b.activated + n.cheques
              from unnest(?::integer[], ?::integer[]) as n(number, cheques)
             where b.number = n.number
            """)) {
      Bulk.of(connection, update, activated)
          .ints(a -> a.getKey().number())
          .ints(Map.Entry::getValue);
      allFound(update.executeUpdate(), activated.size(), "activated batch that was not issued");
    }
  }

  /** In two steps: a row with more handed out than delivered is refused before it is added up. */
  private static void writeStock(Connection connection, List<Moved> moved) throws SQLException {
    try (PreparedStatement open =
        connection.prepareStatement(
            """
            insert into projections.stock (prescriber, batch, delivered, handed_out)
            select n.prescriber, n.batch, 0, 0 from unnest(?::text[], ?::integer[]) as n(prescriber, batch)
            on conflict (prescriber, batch) do nothing
            """)) {
      Bulk.of(connection, open, moved)
          .texts(m -> m.holding().prescriber().value())
          .ints(m -> m.holding().batch().number());
      open.executeUpdate();
    }
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            update projections.stock s
               set delivered = s.delivered + n.delivered, handed_out = s.handed_out + n.handed_out,
                   opposed = s.opposed + n.opposed, returned = s.returned + n.returned,
                   expired = s.expired + n.expired
              from unnest(?::text[], ?::integer[], ?::integer[], ?::integer[], ?::integer[], ?::integer[],
                          ?::integer[])
                   as n(prescriber, batch, delivered, handed_out, opposed, returned, expired)
             where s.prescriber = n.prescriber and s.batch = n.batch
            """)) {
      Bulk.of(connection, update, moved)
          .texts(m -> m.holding().prescriber().value())
          .ints(m -> m.holding().batch().number())
          .ints(Moved::delivered)
          .ints(Moved::handedOut)
          .ints(Moved::opposed)
          .ints(Moved::returned)
          .ints(Moved::expired);
      update.executeUpdate();
    }
  }

  /** The filters above leave no null. */
  private static <T> T set(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("a venue's change was filtered wrongly");
    }
    return value;
  }

  private static void allFound(int found, int wanted, String impossible) {
    if (found != wanted) {
      throw new UnfoldableFactException(
          "%d of %d facts tell of a %s".formatted(wanted - found, wanted, impossible));
    }
  }
}
