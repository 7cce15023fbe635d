package fr.passnumerique.loadtest.peak;

import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.CheckKeys;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.money.QuotaSequence;
import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.clearing.territory.Departement;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
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
final class Plan {
  static final int FACE_VALUE_CENTS = 1_000;
  static final int CHEQUES_PER_CARNET = 10;
  static final int VALIDITY_DAYS = 365;
  static final int PRESENTATION_WINDOW_DAYS = 90;
  static final int TOLERANCE_DAYS = 30;

  /** Cheques of each batch that stay with the prescriber; some are presented all the same. */
  static final int KEPT_BACK = 100;

  /** Carnets that were delivered together. */
  static final int NEIGHBOURHOOD = 200;

  private static final int AGREEMENTS = 8;
  private static final int LARGEST_ORDER = 100_000;
  private static final int[] VISITS = {3, 2, 3, 2};
  private static final double BAD_LINES = 0.02;
  private static final double RESENT_SLIPS = 0.01;

  /** Where everybody comes who is not spread. */
  private static final int HOT_VENUE = 0;

  /** Far beyond the batches that are issued. */
  private static final int UNKNOWN_BATCH = 30_000_000;

  /**
   * How much is presented.
   *
   * @param rounds in their order, the warm-up included
   */
  record Size(int clients, List<Shape> rounds) {
    Size {
      rounds = List.copyOf(rounds);
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
  record Agreement(String id, List<Departement> territory, List<Share> key) {}

  record Share(String funder, int basisPoints) {}

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
  record Round(int number, Shape shape, List<List<Slip>> byClient) {
    Stream<Slip> all() {
      return byClient.stream().flatMap(List::stream);
    }

    long lines() {
      return all().mapToLong(Slip::lines).sum();
    }

    long accepted() {
      return all().mapToLong(Slip::accepted).sum();
    }

    int slips() {
      return byClient.stream().mapToInt(List::size).sum();
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
    plan.new Maker(size, keys).make();
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
  LocalDate today() {
    return today;
  }

  LocalDate handedOutOn() {
    return today.minusDays(60);
  }

  /** J of every order: validity ends after it, not before. */
  LocalDate endsOn() {
    return today.plusDays(400);
  }

  LocalDate labelledFrom() {
    return today.minusDays(400);
  }

  List<Site> sites() {
    return sites;
  }

  List<String> venues() {
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

  List<Agreement> agreements() {
    return agreements;
  }

  List<PlannedBatch> batches() {
    return batches;
  }

  /** In the order in which they are presented. */
  List<Round> rounds() {
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

  /** Makes batches and slips; forgotten afterwards. */
  private final class Maker {
    private final Size size;
    private final CheckKeys keys;
    private final String keyName;
    private final Random random = new Random(seed);
    private final List<Visitors> visitors = new ArrayList<>();
    private final Map<Integer, Visitors> crowd = new HashMap<>();
    private final Map<Integer, OpenBatch> open = new LinkedHashMap<>();
    private final int[] slipsOfVenue = new int[venues.size()];
    private int slips;

    Maker(Size size, CheckKeys keys) {
      if (size.clients() > venues.size()) {
        throw new IllegalArgumentException(
            "%d clients need a venue each, the lists have %d; ask for fewer"
                .formatted(size.clients(), venues.size()));
      }
      this.size = size;
      this.keys = keys;
      this.keyName = keys.currentKeyName();
      for (int venue = 0; venue < venues.size(); venue++) {
        visitors.add(visitorsOf(venue));
      }
    }

    private Visitors visitorsOf(int venue) {
      List<Integer> own = new ArrayList<>();
      for (int i = 0; i < sites.size(); i++) {
        if (sites.get(i).venue().equals(venues.get(venue))) {
          own.add(i);
        }
      }
      return new Visitors(agreementOf(sites.get(own.getFirst()).departement()), own);
    }

    void make() {
      for (int round = 0; round < size.rounds().size(); round++) {
        Shape shape = size.rounds().get(round);
        // So that a way need not be given every round.
        visitors.forEach(Visitors::forget);
        crowd.values().forEach(Visitors::forget);
        List<List<Slip>> byClient = new ArrayList<>();
        for (int client = 0; client < size.clients(); client++) {
          byClient.add(new ArrayList<>());
        }
        for (int i = 0; i < shape.slips(); i++) {
          int client = i % size.clients();
          byClient.get(client).add(slip(client, shape));
        }
        rounds.add(new Round(round, shape, byClient));
      }
      open.values().forEach(OpenBatch::close);
    }

    private int venueOf(int client) {
      int own = Math.ceilDiv(venues.size() - client, size.clients());
      return client + size.clients() * random.nextInt(own);
    }

    private Slip slip(int client, Shape shape) {
      return switch (shape.crowd()) {
        case SPREAD -> {
          int venue = venueOf(client);
          yield slip(venue, visitors.get(venue), shape.lines().applyAsInt(random));
        }
        case HOT ->
            // Visitors of each client's own, so that it does not matter who of them is faster.
            slip(
                HOT_VENUE,
                crowd.computeIfAbsent(client, _ -> visitorsOf(HOT_VENUE)),
                shape.lines().applyAsInt(random));
      };
    }

    private Slip slip(int venue, Visitors from, int n) {
      Lines lines = new Lines(n);
      List<Integer> acceptedHere = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        Verdict wanted =
            random.nextDouble() < BAD_LINES
                ? badLine(from.redeemedBefore != 0, !acceptedHere.isEmpty())
                : Verdict.ACCEPTED;
        switch (wanted) {
          case ALREADY_REDEEMED ->
              lines.set(
                  i,
                  from.redeemedBefore,
                  check(from.redeemedBefore),
                  from.anySite(),
                  servedOn(),
                  wanted);
          case DUPLICATE_LINE ->
              lines.repeat(i, acceptedHere.get(random.nextInt(acceptedHere.size())));
          case UNKNOWN_CHEQUE ->
              lines.set(
                  i,
                  new Serial(Batch.of(UNKNOWN_BATCH), 1 + random.nextInt(1_000_000)).key(),
                  random.nextInt(1 << 30),
                  from.anySite(),
                  servedOn(),
                  wanted);
          case NOT_DISTRIBUTED -> {
            long serial = new Serial(Batch.of(from.batch()), 1 + random.nextInt(KEPT_BACK)).key();
            lines.set(i, serial, check(serial), from.anySite(), servedOn(), wanted);
          }
          case BAD_CHECK_CODE -> {
            Visitors.Use use = from.next();
            lines.set(i, use.serial, check(use.serial) ^ 1, use.site, use.servedOn, wanted);
          }
          case SERVICE_BEFORE_DISTRIBUTION -> {
            Visitors.Use use = from.next();
            int early = (int) handedOutOn().toEpochDay() - 1;
            lines.set(i, use.serial, check(use.serial), use.site, early, wanted);
          }
          default -> {
            Visitors.Use use = from.next();
            lines.set(i, use.serial, check(use.serial), use.site, use.servedOn, Verdict.ACCEPTED);
            acceptedHere.add(i);
          }
        }
        // Twice by chance; an unknown code has no right check part to be the same as.
        if (wanted != Verdict.UNKNOWN_CHEQUE && lines.isRepeated(i)) {
          lines.expected[i] = Verdict.DUPLICATE_LINE;
        }
      }
      if (!acceptedHere.isEmpty()) {
        from.redeemedBefore = lines.serials[acceptedHere.getFirst()];
      }
      Slip.Resend resend =
          random.nextDouble() >= RESENT_SLIPS
              ? Slip.Resend.NO
              : random.nextBoolean() && size.clients() > 1
                  ? Slip.Resend.AT_THE_SAME_MOMENT
                  : Slip.Resend.AFTERWARDS;
      return new Slip(
          slips++,
          venue,
          "B-%06d".formatted(++slipsOfVenue[venue]),
          lines.serials,
          lines.checkParts,
          lines.sites,
          lines.servedOn,
          lines.expected,
          resend);
    }

    /** A way to get a line wrong; none where it takes an earlier cheque and there is none. */
    private Verdict badLine(boolean anyBefore, boolean anyHere) {
      return switch (random.nextInt(6)) {
        case 0 -> anyBefore ? Verdict.ALREADY_REDEEMED : Verdict.ACCEPTED;
        case 1 -> anyHere ? Verdict.DUPLICATE_LINE : Verdict.ACCEPTED;
        case 2 -> Verdict.UNKNOWN_CHEQUE;
        case 3 -> Verdict.NOT_DISTRIBUTED;
        case 4 -> Verdict.BAD_CHECK_CODE;
        default -> Verdict.SERVICE_BEFORE_DISTRIBUTION;
      };
    }

    private int check(long serial) {
      return keys.check(Serial.ofKey(serial), keyName);
    }

    private int servedOn() {
      return (int) today.toEpochDay() - 1 - random.nextInt(30);
    }

    /** The people around a venue, and the cheques that they still hold. */
    private final class Visitors {
      private final int agreement;
      private final List<Integer> ownSites;
      private final Deque<Use> uses = new ArrayDeque<>();
      private int batch;

      /** A cheque of an earlier slip of the round, 0 if there is none. */
      private long redeemedBefore;

      private record Use(long serial, int site, int servedOn) {}

      Visitors(int agreement, List<Integer> ownSites) {
        this.agreement = agreement;
        this.ownSites = ownSites;
      }

      /** What follows refers to nothing that was redeemed before. */
      void forget() {
        redeemedBefore = 0;
      }

      int anySite() {
        return ownSites.get(random.nextInt(ownSites.size()));
      }

      /** That of the cheques in use. */
      int batch() {
        if (uses.isEmpty()) {
          arrive();
        }
        return batch;
      }

      Use next() {
        if (uses.isEmpty()) {
          arrive();
        }
        return uses.removeFirst();
      }

      /** Another neighbourhood gets its carnets; each is used up visit by visit. */
      private void arrive() {
        OpenBatch from = openBatch(agreement);
        batch = from.number;
        int first = from.take(NEIGHBOURHOOD * CHEQUES_PER_CARNET);
        List<Integer> carnets = new ArrayList<>();
        for (int carnet = 0; carnet < NEIGHBOURHOOD; carnet++) {
          carnets.add(carnet);
        }
        int used = 0;
        for (int cheques : VISITS) {
          Collections.shuffle(carnets, random);
          for (int carnet : carnets) {
            int site = anySite();
            int day = servedOn();
            for (int i = 0; i < cheques; i++) {
              int ordinal = first + carnet * CHEQUES_PER_CARNET + used + i;
              uses.addLast(new Use(new Serial(Batch.of(batch), ordinal).key(), site, day));
            }
          }
          used += cheques;
        }
      }
    }

    private OpenBatch openBatch(int agreement) {
      OpenBatch last = open.get(agreement);
      if (last == null || last.cheques + NEIGHBOURHOOD * CHEQUES_PER_CARNET > LARGEST_ORDER) {
        long firstCent = last == null ? 0 : last.close();
        last = new OpenBatch(batches.size() + 1, agreement, firstCent);
        // Its place is taken at once: batches are numbered in the order of their orders.
        batches.add(last.planned());
        open.put(agreement, last);
      }
      return last;
    }

    /** A batch whose size is not known yet. */
    private final class OpenBatch {
      private final int number;
      private final int agreement;
      private final long firstCent;
      private int cheques = KEPT_BACK;

      OpenBatch(int number, int agreement, long firstCent) {
        this.number = number;
        this.agreement = agreement;
        this.firstCent = firstCent;
      }

      int take(int count) {
        int first = cheques + 1;
        cheques += count;
        return first;
      }

      PlannedBatch planned() {
        List<Departement> territory = agreements.get(agreement).territory();
        return new PlannedBatch(
            number, agreement, territory.get(number % territory.size()), firstCent, cheques);
      }

      /**
       * @return the number of the agreement's next cent
       */
      long close() {
        batches.set(number - 1, planned());
        return firstCent + (long) cheques * FACE_VALUE_CENTS;
      }
    }
  }

  /** The columns of a slip in the making. */
  private static final class Lines {
    private final long[] serials;
    private final int[] checkParts;
    private final int[] sites;
    private final int[] servedOn;
    private final Verdict[] expected;

    Lines(int n) {
      serials = new long[n];
      checkParts = new int[n];
      sites = new int[n];
      servedOn = new int[n];
      expected = new Verdict[n];
    }

    void set(int i, long serial, int checkPart, int site, int day, Verdict verdict) {
      serials[i] = serial;
      checkParts[i] = checkPart;
      sites[i] = site;
      servedOn[i] = day;
      expected[i] = verdict;
    }

    void repeat(int i, int earlier) {
      set(
          i,
          serials[earlier],
          checkParts[earlier],
          sites[earlier],
          servedOn[earlier],
          Verdict.DUPLICATE_LINE);
    }

    /** Whether the same cheque stands earlier. */
    boolean isRepeated(int i) {
      for (int earlier = 0; earlier < i; earlier++) {
        if (serials[earlier] == serials[i]) {
          return true;
        }
      }
      return false;
    }
  }
}
