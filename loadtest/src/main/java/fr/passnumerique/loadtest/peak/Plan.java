package fr.passnumerique.loadtest.peak;

import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.CheckKeys;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.money.QuotaSequence;
import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.clearing.territory.Departement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What is presented, from one seed: agreements over the départements of the real venues, their
 * batches of cheques, and the slips of every round with the verdict that the rules give on each
 * line.
 *
 * <p>A venue's visitors come from its neighbourhood: their carnets were delivered together, {@link
 * #NEIGHBOURHOOD} at a time, and each is used up in four visits weeks apart. So a slip's cheques
 * lie close together without being neighbours, which is kind to a table that has a row per cheque.
 *
 * <p>One line in fifty is bad, in the ways that venues get lines wrong. Each client has venues of
 * its own, as if there were the 18 000 of the national plan, and presents their slips one after the
 * other; so the verdicts do not depend on who is faster.
 */
public final class Plan {
  static final int FACE_VALUE_CENTS = 1_000;
  public static final int CHEQUES_PER_CARNET = 10;
  static final int VALIDITY_DAYS = 365;
  static final int PRESENTATION_WINDOW_DAYS = 90;
  static final int TOLERANCE_DAYS = 30;

  /** Cheques of each batch that stay with the prescriber; some are presented all the same. */
  static final int KEPT_BACK = 100;

  /** Carnets that were delivered together. */
  static final int NEIGHBOURHOOD = 200;

  private static final int AGREEMENTS = 8;

  /** Of heap, in a slip and in the registers. */
  private static final long BYTES_OF_LINE = 70;

  private static final long HEAP_BESIDE = 200L << 20;

  /**
   * How much is presented.
   *
   * @param rounds in their order, the warm-up included
   */
  public record Size(int clients, List<Shape> rounds) {
    public Size {
      rounds = List.copyOf(rounds);
    }

    /**
     * Of heap that this Java needs: all slips are in memory, and the registers of the ledger of
     * their cheques.
     */
    long heapBytes() {
      return HEAP_BESIDE + BYTES_OF_LINE * rounds.stream().mapToLong(Shape::manyLines).sum();
    }

    /**
     * @param rounds all alike
     * @param slips per round
     * @param lines per slip
     */
    Size(int clients, int rounds, int slips, int lines) {
      this(clients, Collections.nCopies(rounds, Shape.of(slips, lines)));
    }
  }

  /**
   * @param key in its order: funder and basis points
   */
  public record Agreement(String id, List<Departement> territory, List<Share> key) {}

  public record Share(String funder, int basisPoints) {}

  /**
   * @param number as the ledger will number it, from 1
   * @param agreement index in {@link #agreements()}
   * @param firstCent number of its first cent among the agreement's
   */
  record PlannedBatch(int number, int agreement, Departement funding, long firstCent, int cheques) {
    Batch batch() {
      return Batch.of(number);
    }

    /** The first {@link #KEPT_BACK} are not handed out. */
    boolean handedOut(int ordinal) {
      return ordinal > KEPT_BACK;
    }
  }

  /** A round's slips, by client. */
  public record Round(int number, Shape shape, List<List<Slip>> byClient) {
    public Stream<Slip> all() {
      return byClient.stream().flatMap(List::stream);
    }

    long lines() {
      return all().mapToLong(Slip::lines).sum();
    }

    public long accepted() {
      return all().mapToLong(Slip::accepted).sum();
    }

    public int slips() {
      return byClient.stream().mapToInt(List::size).sum();
    }

    /**
     * The same slips presented by so many clients. A venue's stay with one client and in their
     * order, so that the verdicts are the same.
     */
    Round by(int clients) {
      List<List<Slip>> regrouped = new ArrayList<>();
      for (int client = 0; client < clients; client++) {
        int own = client;
        regrouped.add(
            all()
                .filter(slip -> slip.venue() % clients == own)
                .sorted(Comparator.comparingInt(Slip::number))
                .toList());
      }
      return new Round(number, shape, regrouped);
    }
  }

  private final long seed;
  private final LocalDate today;
  private final List<Site> sites;
  private final List<String> venues;
  private final List<Agreement> agreements = new ArrayList<>();
  private final List<PlannedBatch> batches = new ArrayList<>();
  private final List<Round> rounds = new ArrayList<>();

  /**
   * @param keys make the check parts that the venues present
   */
  static Plan make(long seed, LocalDate today, List<Site> sites, Size size, CheckKeys keys) {
    Plan plan = new Plan(seed, today, sites);
    new PlanMaker(plan, size, keys).make();
    return plan;
  }

  private Plan(long seed, LocalDate today, List<Site> sites) {
    this.seed = seed;
    this.today = today;
    this.sites = List.copyOf(sites);
    this.venues = sites.stream().map(Site::venue).distinct().toList();
    agree();
  }

  /** Neighbouring codes share an agreement; a funder may be in several, as the State is. */
  private void agree() {
    List<Departement> departements = departements();
    int each = Math.ceilDiv(departements.size(), AGREEMENTS);
    for (int from = 0; from < departements.size(); from += each) {
      List<Departement> territory =
          departements.subList(from, Math.min(from + each, departements.size()));
      int number = agreements.size() + 1;
      int[] key =
          number % 2 == 0 ? new int[] {5_714, 2_286, 2_000} : new int[] {5_000, 3_333, 1_667};
      agreements.add(
          new Agreement(
              "peak-" + number,
              List.copyOf(territory),
              List.of(
                  new Share("state", key[0]),
                  new Share("region-" + number, key[1]),
                  new Share("departement-" + territory.getFirst(), key[2]))));
    }
  }

  long seed() {
    return seed;
  }

  /** The day on which the slips are presented, Europe/Paris. */
  public LocalDate today() {
    return today;
  }

  LocalDate handedOutOn() {
    return today.minusDays(60);
  }

  /** J of every order: validity ends after it, not before. */
  public LocalDate endsOn() {
    return today.plusDays(400);
  }

  LocalDate labelledFrom() {
    return today.minusDays(400);
  }

  List<Site> sites() {
    return sites;
  }

  public List<String> venues() {
    return venues;
  }

  /** All that the sites lie in, in order. */
  List<Departement> departements() {
    return List.copyOf(new TreeSet<>(sites.stream().map(Site::departement).toList()));
  }

  /** All that the sites give, in order. */
  List<String> services() {
    return List.copyOf(new TreeSet<>(sites.stream().map(Site::service).toList()));
  }

  public List<Agreement> agreements() {
    return agreements;
  }

  List<PlannedBatch> batches() {
    return batches;
  }

  /** In the order in which they are presented. */
  public List<Round> rounds() {
    return rounds;
  }

  int agreementOf(Departement departement) {
    for (int i = 0; i < agreements.size(); i++) {
      if (agreements.get(i).territory().contains(departement)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no agreement for " + departement);
  }

  /** Of all cheques on some slips that were ever issued, in order. */
  public List<String> agreementsOf(Stream<Slip> slips) {
    return slips
        .flatMapToLong(slip -> LongStream.of(slip.serials()))
        .mapToInt(serial -> Serial.ofKey(serial).batch().number())
        .filter(batch -> batch <= batches.size())
        .mapToObj(batch -> agreements.get(batches.get(batch - 1).agreement()).id())
        .distinct()
        .sorted()
        .toList();
  }

  /** What each funder bears of the accepted lines of some slips, by the split keys alone. */
  Map<String, Long> spentByFunder(Stream<Slip> slips) {
    List<QuotaSequence> sequences = new ArrayList<>();
    for (Agreement agreement : agreements) {
      sequences.add(
          QuotaSequence.of(agreement.key().stream().mapToInt(Share::basisPoints).toArray()));
    }
    Map<String, Long> spent = new TreeMap<>();
    slips.forEach(
        slip -> {
          for (int i = 0; i < slip.lines(); i++) {
            if (slip.expected()[i] == Verdict.ACCEPTED) {
              spend(Serial.ofKey(slip.serials()[i]), sequences, spent);
            }
          }
        });
    return spent;
  }

  private void spend(Serial serial, List<QuotaSequence> sequences, Map<String, Long> spent) {
    PlannedBatch batch = batches.get(serial.batch().number() - 1);
    long[] cents =
        sequences
            .get(batch.agreement())
            .deal(batch.firstCent() + (serial.ordinal() - 1L) * FACE_VALUE_CENTS, FACE_VALUE_CENTS);
    List<Share> key = agreements.get(batch.agreement()).key();
    for (int place = 0; place < cents.length; place++) {
      spent.merge(key.get(place).funder(), cents[place], Long::sum);
    }
  }
}
