package fr.passnumerique.projections.registers;

import static java.util.stream.Collectors.joining;

import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.payee.FunderAccountOpened;
import fr.passnumerique.clearing.payee.OpenedAccount;
import fr.passnumerique.clearing.payee.VenueAccountOpened;
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
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The last word of a batch of facts on venues: description, label, account. */
final class ListedVenues {
  /** A separator that no text of a fact holds: an array of arrays must not be ragged. */
  private static final String BETWEEN = "\u001f";

  private record PointOfService(VenueId venue, VenueListed.PointOfService point) {}

  /**
   * @param from empty while the venue is not labelled
   */
  private record Label(String from, String decision) {}

  private record Opened(OpenedAccount fact, long position) {}

  private record Closed(VaultReference account, long position) {}

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

  private final Map<VenueId, VenueChange> venues = new LinkedHashMap<>();
  private final List<Opened> opened = new ArrayList<>();
  private final List<Closed> closed = new ArrayList<>();

  void fold(RecordedFact recorded) {
    long position = recorded.position();
    switch (recorded.fact()) {
      case VenueListed f -> change(f.venue(), position).listed = f;
      case VenueIdentified f -> change(f.venue(), position).identified = true;
      case VenueLabelled f ->
          change(f.venue(), position).label = new Label(f.labelledFrom().toString(), f.decision());
      case LabelDecided f -> {
        // What is decided on some points of service only is told by the label register.
        if (f.pointsOfService().isEmpty()) {
          change(f.venue(), position).label =
              new Label(f.state() == LabelState.LABELLED ? f.from().toString() : "", f.decision());
        }
      }
      case VenueAccountOpened f -> {
        VenueChange venue = change(f.venue(), position);
        venue.account = f.account();
        venue.accountPosition = position;
        opened.add(new Opened(f, position));
      }
      case FunderAccountOpened f -> opened.add(new Opened(f, position));
      case RefundRejected f -> closed.add(new Closed(f.account(), position));
      case RefundReturned f when f.closesAccount() -> closed.add(new Closed(f.account(), position));
      case TransferRejected f -> closed.add(new Closed(f.closedAccount(), position));
      case TransferReturned f when f.closesAccount() ->
          closed.add(new Closed(f.closedAccount(), position));
      default -> {}
    }
  }

  private VenueChange change(VenueId id, long position) {
    VenueChange venue = venues.computeIfAbsent(id, VenueChange::new);
    venue.position = position;
    return venue;
  }

  void write(Connection connection) throws SQLException {
    if (!venues.isEmpty()) {
      writeVenues(connection, List.copyOf(venues.values()));
    }
    if (!opened.isEmpty()) {
      writePayeeAccounts(connection, last(opened, of -> of.fact().account()));
      writeOpenings(connection, opened);
    }
    if (!closed.isEmpty()) {
      closeAccounts(connection, last(closed, Closed::account));
      writeClosings(connection, closed);
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
        RegistersProjection.requireAll(
            update.executeUpdate(), identified.size(), "identified venue that is not listed");
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
        RegistersProjection.requireAll(
            update.executeUpdate(), labelled.size(), "labelled venue that is not listed");
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
        RegistersProjection.requireAll(
            update.executeUpdate(), accounts.size(), "account of a venue that is not listed");
      }
    }
  }

  /** The last of each account: a statement sees a row once. */
  private static <T> List<T> last(List<T> all, Function<T, VaultReference> account) {
    Map<VaultReference, T> last = new LinkedHashMap<>();
    all.forEach(one -> last.put(account.apply(one), one));
    return List.copyOf(last.values());
  }

  private static void writePayeeAccounts(Connection connection, List<Opened> opened)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into projections.payee_account (account, fingerprint)
            select * from unnest(?::text[], ?::text[])
            on conflict (account) do nothing
            """)) {
      Bulk.of(connection, insert, opened)
          .texts(o -> o.fact().account().value())
          .texts(o -> o.fact().fingerprint());
      insert.executeUpdate();
    }
  }

  private static void writeOpenings(Connection connection, List<Opened> opened)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into projections.account_opening (position, account, venue)
            select n.position, n.account, nullif(n.venue, '')
              from unnest(?::bigint[], ?::text[], ?::text[]) as n(position, account, venue)
            """)) {
      Bulk.of(connection, insert, opened)
          .longs(Opened::position)
          .texts(o -> o.fact().account().value())
          .texts(o -> o.fact() instanceof VenueAccountOpened of ? of.venue().value() : "");
      insert.executeUpdate();
    }
  }

  private static void writeClosings(Connection connection, List<Closed> closed)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into projections.account_closing (position, account)
            select * from unnest(?::bigint[], ?::text[])
            """)) {
      Bulk.of(connection, insert, closed).longs(Closed::position).texts(c -> c.account().value());
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
        RegistersProjection.requireAll(
            found.getInt(1), closed.size(), "closed account that was never opened");
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

  /** The filters above leave no null. */
  private static <T> T set(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("a venue's change was filtered wrongly");
    }
    return value;
  }
}
