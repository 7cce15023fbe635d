package fr.passnumerique.clearing.settlement;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.http.NewestPage;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.settlement.SettlementRegister.Run;
import fr.passnumerique.clearing.settlement.SettlementRegister.Stage;
import fr.passnumerique.clearing.venues.VenueId;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which credit transfers were ordered, the newest first, whom does each pay, and what did the bank
 * say of it? Not those of a cancelled run, which never went to the bank and are told by their run.
 * Safe for any number of threads.
 */
public final class TransferList {
  /** A run has fewer transfers: as many slips do not fit into memory. */
  private static final int BITS_OF_PLACE = 24;

  /** Transfers that are looked at under the registers' lock at once. */
  private static final int AT_ONCE = 500;

  private final SettlementRegister register;
  private final ReadLock registers;

  TransferList(SettlementRegister register, ReadLock registers) {
    this.register = register;
    this.registers = registers;
  }

  /** Which transfers; null leaves a condition open. */
  public record Filter(
      @Parameter(description = "Only those that pay this venue, its part") @Nullable VenueId venue,
      @Parameter(description = "Only those that are so far") @Nullable State state,
      @Parameter(description = "Only this programme's") @Nullable ProgrammeId programme,
      @Parameter(
              description =
                  "First day of their end or, while the bank has told none, of their execution")
          @Nullable LocalDate from,
      @Parameter(description = "Last such day, Europe/Paris") @Nullable LocalDate to) {
    Filter whose(@Nullable VenueId only) {
      return new Filter(only, state, programme, from, to);
    }

    /** Whether a run may have such a transfer: it may have thousands, and none is looked at. */
    private boolean mayHave(Run run, Transfers.Count count) {
      return (programme == null || run.programme().equals(programme)) && isAmong(count);
    }

    private boolean isAmong(Transfers.Count count) {
      return switch (state) {
        case null -> true;
        case IN_RUN, RELEASED, SENT -> count.waiting() > 0;
        case EXECUTED -> count.executed() > 0;
        case CONFIRMED -> count.confirmed() > 0;
        case REJECTED -> count.rejected() > 0;
        case RETURNED -> count.returned() > 0;
      };
    }

    private boolean has(Row row) {
      LocalDate day = row.on().or(row::executionOn).orElse(null);
      return (programme == null || row.programme().equals(programme))
          && (from == null || day != null && !day.isBefore(from))
          && (to == null || day != null && !day.isAfter(to));
    }
  }

  /** How far a transfer is. */
  @Schema(name = "TransferState")
  public enum State {
    /** Nobody has released its run. */
    IN_RUN("En règlement"),
    /** Nobody was handed the file that orders it. */
    RELEASED("Libéré"),
    /** The bank has not told its end. */
    SENT("Envoyé à la banque"),
    /** By the bank's word; its debit is still to come. */
    EXECUTED("Exécuté"),
    CONFIRMED("Payé"),
    /** Owed again. */
    REJECTED("Rejeté"),
    /** It was paid and came back: owed again. */
    RETURNED("Revenu");

    private final String label;

    State(String label) {
      this.label = label;
    }

    /** In French. */
    public String label() {
      return label;
    }
  }

  /**
   * @param transfer end-to-end identification
   * @param executionOn the day on which the bank was, or is to be, asked to pay; left out while
   *     nobody has released its run
   * @param on the bank's day of its end, Europe/Paris; left out while it has told none
   * @param reason ISO 20022, of a rejection or return
   * @param amountCents of the venues that are told
   * @param venues whom it pays: several if they share an IBAN; to a venue itself alone
   * @param paidAgainBy of one that the bank sent back, later transfers that took lines of its slips
   *     and were not sent back
   */
  @Schema(name = "TransferListed")
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Row(
      TransferId transfer,
      SettlementRunId run,
      ProgrammeId programme,
      State state,
      Optional<LocalDate> executionOn,
      Optional<LocalDate> on,
      Optional<String> reason,
      long amountCents,
      List<OfVenue> venues,
      List<TransferId> paidAgainBy) {}

  /**
   * @param slips of which it takes lines, how many
   */
  @Schema(name = "VenueOfTransfer")
  public record OfVenue(VenueId venue, int slips, long cents) {}

  /**
   * @param next what the next page begins before; left out on the last
   */
  @Schema(name = "TransferList")
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Rows(List<Row> transfers, Optional<Long> next) {}

  /**
   * @param before what the page before names as next; null for the newest
   */
  public Rows newest(Filter filter, @Nullable Long before, int limit) {
    VenueId venue = filter.venue();
    NewestPage<Placed> page =
        NewestPage.of(
            venue == null ? ofAll(filter, before) : ofVenue(venue, filter, before),
            Placed::place,
            before,
            limit);
    return new Rows(page.rows().stream().map(Placed::row).toList(), page.next());
  }

  private Stream<Placed> ofAll(Filter filter, @Nullable Long before) {
    return registers
        .read(
            () ->
                register.runs().stream()
                    .filter(run -> filter.mayHave(run, register.count(run.id())))
                    .sorted(Comparator.comparingLong(Run::position).reversed())
                    .toList())
        .stream()
        .filter(run -> before == null || run.position() <= before >> BITS_OF_PLACE)
        .flatMap(run -> rows(run, filter, before));
  }

  /** Some at a time: a run may have many thousands, and every fold waits. */
  private Stream<Placed> rows(Run run, Filter filter, @Nullable Long before) {
    int end =
        before == null
            ? run.transfers().size()
            : (int) Math.min(run.transfers().size(), before - place(run, 0));
    return IntStream.iterate(end, to -> to > 0, to -> to - AT_ONCE)
        .boxed()
        .flatMap(
            to -> registers.read(() -> rows(run, Math.max(0, to - AT_ONCE), to, filter)).stream());
  }

  /** Its own alone are looked at: a run pays hundreds of venues. */
  private Stream<Placed> ofVenue(VenueId venue, Filter filter, @Nullable Long before) {
    return registers.read(() -> register.byVenue().newestOf(venue)).stream()
        .flatMap(
            of ->
                registers
                    .read(
                        () -> {
                          Run run = register.knownRun(of.run());
                          return before == null || place(run, of.index()) < before
                              ? row(run, of.index(), filter)
                              : Optional.<Placed>empty();
                        })
                    .stream());
  }

  private static long place(Run run, int index) {
    return (run.position() << BITS_OF_PLACE) + index;
  }

  /**
   * @param place rises with the run, and within it in its order
   */
  private record Placed(long place, Row row) {}

  private List<Placed> rows(Run run, int from, int to, Filter filter) {
    return IntStream.range(from, to)
        .mapToObj(index -> row(run, to - 1 - (index - from), filter))
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<Placed> row(Run run, int index, Filter filter) {
    TransferId id = run.transfers().get(index);
    Transfer.Ordered order = register.order(id);
    if (order == null) {
      return Optional.empty();
    }
    SettlementRun.End end = SettlementRun.End.of(Optional.ofNullable(register.transfer(id)));
    State state = state(run, id, end.state());
    if (filter.state() != null && filter.state() != state) {
      return Optional.empty();
    }
    List<OfVenue> venues = venues(order, filter.venue());
    return Optional.of(
            new Row(
                id,
                run.id(),
                order.programme(),
                state,
                run.released().map(Stage.Released::executionOn),
                end.on(),
                end.reason(),
                venues.stream().mapToLong(OfVenue::cents).sum(),
                venues,
                state == State.REJECTED || state == State.RETURNED
                    ? paidAgainBy(id, order, filter.venue())
                    : List.of()))
        .filter(filter::has)
        .map(row -> new Placed(place(run, index), row));
  }

  private State state(Run run, TransferId id, SettlementRun.State end) {
    return switch (end) {
      case EXECUTED -> State.EXECUTED;
      case CONFIRMED -> State.CONFIRMED;
      case REJECTED -> State.REJECTED;
      case RETURNED -> State.RETURNED;
      case ORDERED, CANCELLED ->
          switch (register.onItsWay(run, id)) {
            case IN_RUN -> State.IN_RUN;
            case RELEASED -> State.RELEASED;
            default -> State.SENT;
          };
    };
  }

  private static List<OfVenue> venues(Transfer.Ordered order, @Nullable VenueId only) {
    Map<VenueId, OfVenue> venues = new LinkedHashMap<>();
    for (SettlementRunOpened.PaidSlip slip : order.slips()) {
      if (only == null || only.equals(slip.venue())) {
        venues.merge(
            slip.venue(),
            new OfVenue(slip.venue(), 1, slip.cents()),
            (one, other) ->
                new OfVenue(
                    one.venue(), one.slips() + 1, Math.addExact(one.cents(), other.cents())));
      }
    }
    return List.copyOf(venues.values());
  }

  private List<TransferId> paidAgainBy(
      TransferId id, Transfer.Ordered order, @Nullable VenueId only) {
    TreeSet<String> later = new TreeSet<>();
    for (SettlementRunOpened.PaidSlip slip : order.slips()) {
      if (only != null && !only.equals(slip.venue())) {
        continue;
      }
      List<TransferId> all = register.transfersOf(slip.position());
      for (TransferId other : all.subList(all.indexOf(id) + 1, all.size())) {
        Transfer.Ordered again = register.order(other);
        if (again != null
            && again.programme().equals(order.programme())
            && !(register.transfer(other) instanceof Transfer.Rejected)
            && !(register.transfer(other) instanceof Transfer.Returned)) {
          later.add(other.value());
        }
      }
    }
    return new ArrayList<>(later).stream().map(TransferId::new).toList();
  }
}
