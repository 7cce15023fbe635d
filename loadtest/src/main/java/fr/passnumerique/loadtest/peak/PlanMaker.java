package fr.passnumerique.loadtest.peak;

import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.CheckKeys;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.loadtest.peak.Plan.PlannedBatch;
import fr.passnumerique.loadtest.peak.Plan.Round;
import fr.passnumerique.loadtest.peak.Plan.Size;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes the batches and slips of a plan; forgotten afterwards. */
final class PlanMaker {
  private static final int LARGEST_ORDER = 100_000;
  private static final int[] VISITS = {3, 2, 3, 2};
  private static final double BAD_LINES = 0.02;
  private static final double RESENT_SLIPS = 0.01;

  /** Where everybody comes who is not spread. */
  private static final int HOT_VENUE = 0;

  /** Of the slips that a client presents there, one in so many has cheques that all want. */
  private static final int CONTESTED = 4;

  /** Far beyond the batches that are issued. */
  private static final int UNKNOWN_BATCH = 30_000_000;

  private final Plan plan;
  private final Size size;
  private final CheckKeys keys;
  private final String keyName;
  private final Random random;
  private final List<Visitors> visitors = new ArrayList<>();
  private final Map<Integer, Visitors> crowd = new HashMap<>();
  private final List<Visitors.Use> wanted = new ArrayList<>();
  private final Map<Integer, OpenBatch> open = new LinkedHashMap<>();
  private final int[] slipsOfVenue;
  private int slips;

  PlanMaker(Plan plan, Size size, CheckKeys keys) {
    this.plan = plan;
    this.random = new Random(plan.seed());
    this.slipsOfVenue = new int[plan.venues().size()];
    if (size.clients() > plan.venues().size()) {
      throw new IllegalArgumentException(
          "%d clients need a venue each, the lists have %d; ask for fewer"
              .formatted(size.clients(), plan.venues().size()));
    }
    this.size = size;
    this.keys = keys;
    this.keyName = keys.currentKeyName();
    for (int venue = 0; venue < plan.venues().size(); venue++) {
      visitors.add(visitorsOf(venue));
    }
  }

  private Visitors visitorsOf(int venue) {
    List<Integer> own = new ArrayList<>();
    for (int i = 0; i < plan.sites().size(); i++) {
      if (plan.sites().get(i).venue().equals(plan.venues().get(venue))) {
        own.add(i);
      }
    }
    return new Visitors(plan.agreementOf(plan.sites().get(own.getFirst()).departement()), own);
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
        boolean all = (i / size.clients() + 1) * size.clients() <= shape.slips();
        contest(shape, client, all && i / size.clients() % CONTESTED == 0);
        byClient.get(client).add(slip(client, shape));
      }
      plan.rounds().add(new Round(round, shape, byClient));
    }
    open.values().forEach(OpenBatch::close);
  }

  /** Half of the lines of the clients' next slips, of each the same. */
  private void contest(Shape shape, int client, boolean now) {
    if (client > 0 || size.clients() == 1) {
      return;
    }
    wanted.clear();
    if (shape.crowd() == Shape.Crowd.HOT && now) {
      Visitors all = crowd.computeIfAbsent(size.clients(), _ -> visitorsOf(HOT_VENUE));
      for (int i = 0; i < shape.lines().applyAsInt(random) / 2; i++) {
        wanted.add(all.next());
      }
    }
  }

  private int venueOf(int client) {
    int own = Math.ceilDiv(plan.venues().size() - client, size.clients());
    return client + size.clients() * random.nextInt(own);
  }

  private Slip slip(int client, Shape shape) {
    return switch (shape.crowd()) {
      case SPREAD -> {
        int venue = venueOf(client);
        yield slip(venue, visitors.get(venue), shape.lines().applyAsInt(random), client);
      }
      case HOT ->
          // Visitors of each client's own, so that it does not matter who of them is faster.
          slip(
              HOT_VENUE,
              crowd.computeIfAbsent(client, _ -> visitorsOf(HOT_VENUE)),
              shape.lines().applyAsInt(random),
              client);
    };
  }

  private Slip slip(int venue, Visitors from, int n, int client) {
    Lines lines = new Lines(n);
    List<Integer> acceptedHere = new ArrayList<>();
    int contested = Math.min(n, wanted.size());
    for (int i = 0; i < contested; i++) {
      Visitors.Use use = wanted.get(i);
      Verdict verdict = client == 0 ? Verdict.ACCEPTED : Verdict.ALREADY_REDEEMED;
      lines.set(i, use.serial, check(use.serial), use.site, use.servedOn, verdict);
    }
    for (int i = contested; i < n; i++) {
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
          long serial =
              new Serial(Batch.of(from.batch()), 1 + random.nextInt(Plan.KEPT_BACK)).key();
          lines.set(i, serial, check(serial), from.anySite(), servedOn(), wanted);
        }
        case BAD_CHECK_CODE -> {
          Visitors.Use use = from.next();
          lines.set(i, use.serial, check(use.serial) ^ 1, use.site, use.servedOn, wanted);
        }
        case SERVICE_BEFORE_DISTRIBUTION -> {
          Visitors.Use use = from.next();
          int early = (int) plan.handedOutOn().toEpochDay() - 1;
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
        contested > 0 || random.nextDouble() >= RESENT_SLIPS
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
        resend,
        contested);
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
    return (int) plan.today().toEpochDay() - 1 - random.nextInt(30);
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
      int first = from.take(Plan.NEIGHBOURHOOD * Plan.CHEQUES_PER_CARNET);
      List<Integer> carnets = new ArrayList<>();
      for (int carnet = 0; carnet < Plan.NEIGHBOURHOOD; carnet++) {
        carnets.add(carnet);
      }
      int used = 0;
      for (int cheques : VISITS) {
        Collections.shuffle(carnets, random);
        for (int carnet : carnets) {
          int site = anySite();
          int day = servedOn();
          for (int i = 0; i < cheques; i++) {
            int ordinal = first + carnet * Plan.CHEQUES_PER_CARNET + used + i;
            uses.addLast(new Use(new Serial(Batch.of(batch), ordinal).key(), site, day));
          }
        }
        used += cheques;
      }
    }
  }

  private OpenBatch openBatch(int agreement) {
    OpenBatch last = open.get(agreement);
    if (last == null
        || last.cheques + Plan.NEIGHBOURHOOD * Plan.CHEQUES_PER_CARNET > LARGEST_ORDER) {
      long firstCent = last == null ? 0 : last.close();
      last = new OpenBatch(plan.batches().size() + 1, agreement, firstCent);
      // Its place is taken at once: batches are numbered in the order of their orders.
      plan.batches().add(last.planned());
      open.put(agreement, last);
    }
    return last;
  }

  /** A batch whose size is not known yet. */
  private final class OpenBatch {
    private final int number;
    private final int agreement;
    private final long firstCent;
    private int cheques = Plan.KEPT_BACK;

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
      List<Departement> territory = plan.agreements().get(agreement).territory();
      return new PlannedBatch(
          number, agreement, territory.get(number % territory.size()), firstCent, cheques);
    }

    /**
     * @return the number of the agreement's next cent
     */
    long close() {
      plan.batches().set(number - 1, planned());
      return firstCent + (long) cheques * Plan.FACE_VALUE_CENTS;
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
