package fr.passnumerique.clearing.settlement;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.http.NewestPage;
import fr.passnumerique.clearing.http.Page;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.venues.VenueId;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which slips were presented, and where is the money of each? Safe for any number of threads. */
public final class SlipList {
  /** At most so many are looked at under the registers' lock at once, while every fold waits. */
  private static final int AT_ONCE = 500;

  private final SettlementRegister register;
  private final ReadLock registers;
  private final LedgerReader ledger;

  SlipList(SettlementRegister register, ReadLock registers, LedgerReader ledger) {
    this.register = register;
    this.registers = registers;
    this.ledger = ledger;
  }

  /** Which slips; null leaves a condition open. */
  public record Filter(
      @Parameter(description = "Only this venue's") @Nullable VenueId venue,
      @Parameter(description = "Only those of which some money is so far")
          @Nullable SlipState state,
      @Parameter(description = "Only those of which some money is of this programme")
          @Nullable ProgrammeId programme,
      @Parameter(description = "First day on which they were presented, Europe/Paris")
          @Nullable LocalDate from,
      @Parameter(description = "Last day on which they were presented, Europe/Paris")
          @Nullable LocalDate to,
      @Parameter(description = "Only those with rejected lines, or without them")
          @Nullable Boolean withRejected) {
    public static final Filter ALL = new Filter(null, null, null, null, null, null);

    public static Filter of(VenueId venue) {
      return ALL.whose(venue);
    }

    Filter whose(@Nullable VenueId only) {
      return new Filter(only, state, programme, from, to, withRejected);
    }

    private boolean has(List<SlipPart> parts) {
      return parts.stream()
          .anyMatch(
              part ->
                  (state == null || part.state() == state)
                      && (programme == null
                          || part.programme().filter(programme::equals).isPresent()));
    }
  }

  /**
   * @param position of its fact
   * @param presentedAt when the engine took it, UTC
   * @param accepted lines
   * @param refused lines
   * @param acceptedCents what was owed for the accepted lines
   * @param waivedCents what others of them would come to, for which the venue waives its pay
   * @param states at least one; their cents sum to {@code acceptedCents}
   */
  @Schema(name = "SlipListed")
  public record Row(
      VenueId venue,
      SlipReference reference,
      long position,
      Instant presentedAt,
      int accepted,
      int refused,
      long acceptedCents,
      long waivedCents,
      List<SlipPart> states) {}

  /**
   * @param next what the next page begins before; left out on the last
   */
  @Schema(name = "SlipList")
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Rows(List<Row> slips, Optional<Long> next) {}

  /**
   * @param after position of the last slip of the page before; null for the first page
   * @throws Problem 400 {@code INVALID_PARAMETER} if it is none of the slips asked for, and these
   *     are ordered by amount: another's would be weighed against one's own
   */
  public Rows page(Filter filter, SlipSort sort, @Nullable Long after, int limit) {
    // What is presented from now on is of another page.
    SlipOrder order = registers.read(() -> register.slips().asked(filter));
    if (after != null && sort.isByAmount() && !order.has(after)) {
      throw Page.notNamed("before", after.toString());
    }
    List<Row> found = new ArrayList<>();
    Long last = after;
    int many = Math.min(limit + 1, AT_ONCE);
    boolean more = true;
    // Again where a page has many, or where money has moved on since.
    while (more && found.size() <= limit) {
      List<Long> positions = order.inOrder(sort, last, many);
      found.addAll(rows(filter, look(positions), limit + 1 - found.size()));
      more = positions.size() == many;
      last = more ? positions.getLast() : last;
    }
    NewestPage<Row> page = NewestPage.of(found.stream(), Row::position, null, limit);
    return new Rows(page.rows(), page.next());
  }

  /**
   * Where the money of one slip is.
   *
   * @param position of the slip's fact
   * @return at least one part; their cents sum to what was accepted
   */
  public List<SlipPart> states(SlipJudged slip, long position) {
    return states(slip, registers.read(() -> SlipMoney.of(register, position)));
  }

  private static List<SlipPart> states(SlipJudged slip, List<SlipPart> parts) {
    return parts.isEmpty() ? List.of(SlipPart.without(slip.acceptedCount() > 0)) : parts;
  }

  /** Where the money of each is, by position, in the order given. */
  private Map<Long, List<SlipPart>> look(List<Long> positions) {
    return registers.read(
        () -> {
          Map<Long, List<SlipPart>> parts = new LinkedHashMap<>();
          positions.forEach(position -> parts.put(position, SlipMoney.of(register, position)));
          return parts;
        });
  }

  /** The first so many of those of which some money is still where it is asked for. */
  private List<Row> rows(Filter filter, Map<Long, List<SlipPart>> parts, int limit) {
    Map<Long, Row> read = new HashMap<>();
    for (var row : ledger.rowsAt(List.copyOf(parts.keySet()))) {
      read.put(
          row.position(), row(ledger.recorded(row), parts.getOrDefault(row.position(), List.of())));
    }
    return parts.keySet().stream()
        .flatMap(position -> Optional.ofNullable(read.get(position)).stream())
        .filter(slip -> filter.has(slip.states()))
        .limit(limit)
        .toList();
  }

  private static Row row(RecordedFact recorded, List<SlipPart> parts) {
    SlipJudged slip = (SlipJudged) recorded.fact();
    int accepted = slip.acceptedCount();
    return new Row(
        slip.venue(),
        slip.reference(),
        recorded.position(),
        slip.presentedAt(),
        accepted,
        slip.lines().size() - accepted,
        slip.acceptedCents(),
        slip.waived().stream().mapToLong(SlipJudged.SpentCents::cents).sum(),
        states(slip, parts));
  }
}
