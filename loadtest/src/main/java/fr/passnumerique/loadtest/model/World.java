package fr.passnumerique.loadtest.model;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that is so, in plain maps. */
final class World {
  static final ZoneId PARIS = ZoneId.of("Europe/Paris");

  /** How long a venue may contest, from the day after the reversal. */
  final int contestDays;

  World(int contestDays) {
    this.contestDays = contestDays;
  }

  final Map<String, Action.Rules> programmes = new LinkedHashMap<>();
  final Set<String> funders = new LinkedHashSet<>();
  final Map<String, Agreement> agreements = new LinkedHashMap<>();
  final List<Batch> batches = new ArrayList<>();
  final Set<String> prescribers = new LinkedHashSet<>();
  final Map<String, Venue> venues = new LinkedHashMap<>();
  final Map<String, Run> runs = new LinkedHashMap<>();

  /** Closed by the bank, and confirmed by nobody since. */
  final Set<String> closedIbans = new HashSet<>();

  /** What somebody is paid to again is not closed any more, for whomever it was. */
  void reopen(Payee payee) {
    if (payee.payable()) {
      closedIbans.remove(payee.iban);
    }
  }

  /** To which funders are refunded, or are to be. */
  final Map<String, Payee> funderAccounts = new LinkedHashMap<>();

  /** What was in no cheque and is to go back, or has. */
  final Map<String, GivingBack.GivenBack> givenBack = new LinkedHashMap<>();

  /** Runs whose transfers give credit notes back. */
  final Map<String, Run> refundOrders = new LinkedHashMap<>();

  /** What venues say of their pay, by the day of service from which it holds. */
  final Map<String, TreeMap<LocalDate, Boolean>> waivers = new HashMap<>();

  /** What was said by which letter: of which day. */
  final Map<String, LocalDate> letters = new HashMap<>();

  /** By prescriber that has one. */
  final Map<String, String> sirets = new HashMap<>();

  /** By programme and the first day for which it was said; of one day the last counts. */
  final Map<String, Map<LocalDate, Settling.SetCalendar>> calendars = new HashMap<>();

  final Undue undue = new Undue();

  /** Oppositions that await or awaited a second person, and those that one approved. */
  final Map<String, Action.Oppose> proposed = new LinkedHashMap<>();

  final Set<String> approved = new LinkedHashSet<>();

  final Map<String, Calls.Call> calls = new LinkedHashMap<>();
  final Account account = new Account();

  /** Under its identifier, what was asked for and how it was answered. */
  final Map<String, Done> done = new HashMap<>();

  private final Map<List<Integer>, Cents> cents = new HashMap<>();

  @Nullable LocalDate lastDay;
  Instant recordedAt = Instant.EPOCH;

  /** Recorded by the action that is played, beside its first. */
  int furtherFacts;

  /** Refused, and that is a fact. */
  boolean refusalNoted;

  /** What was recorded under an identifier. */
  record Done(Action action, Told told) {}

  /** An agreement, its versions and the cash that came for it. */
  static final class Agreement {
    final Action.SignAgreement signed;
    final List<Terms> versions = new ArrayList<>();

    /** By owner. */
    final Map<String, Long> cash = new LinkedHashMap<>();

    /** What funders have paid of their shares that were advanced. */
    final Map<String, Long> repaid = new HashMap<>();

    /** What of that was credit of theirs before. */
    final Map<String, Long> repaidWithin = new HashMap<>();

    Agreement(Action.SignAgreement signed) {
      this.signed = signed;
      versions.add(
          new Terms(
              signed.startsOn(),
              signed.startsOn(),
              signed.endsOn(),
              signed.territory(),
              signed.key()));
    }

    /** The last version that is in force; the first before any is. */
    Terms on(LocalDate day) {
      for (Terms terms : versions.reversed()) {
        if (!terms.inForceFrom.isAfter(day)) {
          return terms;
        }
      }
      return versions.getFirst();
    }

    Stream<Action.Share> shares() {
      return versions.stream().flatMap(terms -> terms.key.stream());
    }

    boolean concerns(String funder) {
      return shares().anyMatch(s -> s.funder().equals(funder) || s.preFinancier().equals(funder));
    }

    /** Whose shares somebody advances in any version. */
    List<String> advanced() {
      return shares()
          .filter(share -> !share.preFinancier().isEmpty())
          .map(Action.Share::funder)
          .distinct()
          .toList();
    }

    /** Who advances the funder's share in any version; empty if nobody does. */
    String preFinancierOf(String funder) {
      return shares()
          .filter(share -> share.funder().equals(funder) && !share.preFinancier().isEmpty())
          .map(Action.Share::preFinancier)
          .findFirst()
          .orElse("");
    }
  }

  /** One version of an agreement; its cents are numbered from 0. */
  static final class Terms {
    final LocalDate inForceFrom;
    final LocalDate startsOn;
    final LocalDate endsOn;
    final List<String> territory;
    final List<Action.Share> key;
    long nextCent;

    Terms(
        LocalDate inForceFrom,
        LocalDate startsOn,
        LocalDate endsOn,
        List<String> territory,
        List<Action.Share> key) {
      this.inForceFrom = inForceFrom;
      this.startsOn = startsOn;
      this.endsOn = endsOn;
      this.territory = territory;
      this.key = key;
    }

    Action.Share shareOf(String funder) {
      return key.stream().filter(s -> s.funder().equals(funder)).findFirst().orElseThrow();
    }
  }

  /**
   * @param committeeOn null for a label of the short way
   */
  record Label(String state, LocalDate from, String decision, @Nullable LocalDate committeeOn) {
    boolean isLost() {
      return state.equals("SUSPENDED") || state.equals("WITHDRAWN");
    }
  }

  static final class Venue extends Payee {
    final Map<String, String> departementOfPoint = new LinkedHashMap<>();

    /** What was decided, by the days from which it holds; of one day the last counts. */
    final List<Label> labels = new ArrayList<>();

    boolean has(Action.Point point) {
      return point.departement().equals(departementOfPoint.get(point.id()));
    }

    void decide(Label label) {
      int place = labels.size();
      while (place > 0 && labels.get(place - 1).from().isAfter(label.from())) {
        place--;
      }
      labels.add(place, label);
    }

    /** Null where nothing was decided for the day. */
    @Nullable Label labelOn(LocalDate day) {
      Label found = null;
      for (Label label : labels) {
        if (!label.from().isAfter(day)) {
          found = label;
        }
      }
      return found;
    }

    /** Why services of a day are not payable: the day that explains it, or nothing. */
    String notLabelled(LocalDate day) {
      Label now = labelOn(day);
      if (now != null && now.isLost()) {
        return "@" + now.from();
      }
      for (Label label : labels) {
        if (label.from().isAfter(day) && label.state().equals("LABELLED")) {
          return "@" + label.from();
        }
      }
      return "";
    }
  }

  /** A settlement run. */
  static final class Run {
    final List<Transfer> transfers;
    final List<Undue.Netting> nettings;
    @Nullable LocalDate releasedOn;
    boolean cancelled;

    /** Whether somebody was given its file. */
    boolean handedOut;

    /** What that file does not order. */
    final List<String> leftOut = new ArrayList<>();

    Run(List<Transfer> transfers, List<Undue.Netting> nettings) {
      this.transfers = transfers;
      this.nettings = nettings;
    }

    boolean isOpen() {
      return releasedOn == null && !cancelled;
    }

    /** Whether it could be given to somebody: nobody has its file. */
    boolean awaitsHandingOut() {
      return releasedOn != null
          && !cancelled
          && !handedOut
          && transfers.stream().anyMatch(one -> one.end.isEmpty());
    }

    /** Whether the file that somebody was given orders it. */
    boolean hasSent(Transfer transfer) {
      return handedOut && !leftOut.contains(transfer.name);
    }

    /** Numbers of the transfers whose end is not known. */
    List<Integer> pending() {
      return IntStream.rangeClosed(1, transfers.size())
          .filter(number -> transfers.get(number - 1).end.isEmpty())
          .boxed()
          .toList();
    }
  }

  static class Transfer {
    final String name;
    final String iban;

    /** What it is to pay. */
    final List<Owed> lines = new ArrayList<>();

    /** Its lines that have no title since it came back, and had one before. */
    final List<Cheque.Spent> cameBackUntitled = new ArrayList<>();

    /** Empty, or confirmed, executed, rejected or returned, and when. */
    String end = "";

    /** What left the account for it, by a clerk's word or the bank's. */
    Account.@Nullable Movement movement;

    /** Its end before its debit: empty, or executed and when. */
    String before = "";

    /** Its end before it came back. */
    String paid = "";

    /** The days of debits that the bank tells no more. */
    final Set<String> takenBack = new HashSet<>();

    /** The days on which it counted as paid until a clerk took that back, and why. */
    final Map<LocalDate, String> wordsTakenBack = new TreeMap<>();

    /** Whether the bank had said that it executed it, and a clerk took that back. */
    boolean neverExecuted;

    /** Whether the bank has shown its debit. */
    boolean debited;

    /** Whether it is paid by another debit than the one that had come back. */
    boolean debitedAgain;

    long cents() {
      return lines.stream().mapToLong(Owed::cents).sum();
    }

    /** The day on which it counts as paid, which it does. */
    LocalDate paidOn() {
      return LocalDate.parse(end.substring(end.lastIndexOf(' ') + 1));
    }

    Transfer(String name, String iban) {
      this.name = name;
      this.iban = iban;
    }
  }

  /** A settlement run, or an order of refunds. */
  @Nullable Run ordered(String name) {
    Run run = runs.get(name);
    return run == null ? refundOrders.get(name) : run;
  }

  /** Whatever goes to the bank by two persons' order, by its name. */
  Map<String, Run> allOrdered() {
    Map<String, Run> all = new LinkedHashMap<>(runs);
    all.putAll(refundOrders);
    return all;
  }

  static LocalDate dayOf(Instant instant) {
    return instant.atZone(PARIS).toLocalDate();
  }

  static Instant startOf(LocalDate day) {
    return day.atStartOfDay(PARIS).toInstant();
  }

  /** One that is signed. */
  Agreement agreement(String name) {
    Agreement agreement = agreements.get(name);
    if (agreement == null) {
      throw new IllegalArgumentException("agreement %s is not signed".formatted(name));
    }
    return agreement;
  }

  @Nullable Batch batch(int number) {
    return number >= 1 && number <= batches.size() ? batches.get(number - 1) : null;
  }

  /** A credit note that stands; null if none is called so. */
  Batch.@Nullable Note note(String order, String owner) {
    GivingBack.GivenBack one = givenBack.get(order);
    if (one != null && one.name().owner().equals(owner)) {
      return one.note.cancelled ? null : one.note;
    }
    return batches.stream()
        .filter(batch -> batch.order.order().equals(order))
        .map(batch -> batch.notes.get(owner))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** Every credit note that stands, as the engine calls it. */
  Map<String, Batch.Note> notes() {
    Map<String, Batch.Note> notes = new LinkedHashMap<>();
    for (Batch batch : batches) {
      batch.notes.forEach(
          (owner, note) -> notes.put(new Refunding.Note(batch.order.order(), owner).name(), note));
    }
    givenBack.values().stream()
        .filter(one -> !one.note.cancelled)
        .forEach(one -> notes.put(one.name().name(), one.note));
    return notes;
  }

  Stream<Cheque> cheques() {
    return batches.stream().flatMap(batch -> batch.cheques.stream());
  }

  /** What is owed for a cheque, or was. */
  record Owed(Cheque cheque, Cheque.Debt debt) {
    long cents() {
      return debt.cents;
    }
  }

  /** For every line, and for every one that is owed again. */
  Stream<Owed> debts() {
    return cheques()
        .filter(cheque -> cheque.spent != null && !cheque.spent.waived)
        .flatMap(
            cheque -> {
              Cheque.Spent spent = cheque.spent();
              Cheque.Debt again = spent.reversed == null ? null : spent.reversed.again;
              return again == null
                  ? Stream.of(new Owed(cheque, spent))
                  : Stream.of(new Owed(cheque, spent), new Owed(cheque, again));
            });
  }

  Stream<Cheque> chequesOf(String agreement) {
    return batches.stream()
        .filter(batch -> batch.order.agreement().equals(agreement))
        .flatMap(batch -> batch.cheques.stream());
  }

  /** What of the owner's cash is set aside for no cheque. */
  long free(Agreement agreement, String owner) {
    long setAside =
        chequesOf(agreement.signed.agreement())
            .filter(cheque -> cheque.activated && !cheque.setAsideBefore)
            .mapToLong(cheque -> cheque.of(owner))
            .sum();
    return agreement.cash.getOrDefault(owner, 0L) - setAside;
  }

  /** Of that, what is not to pay for used cheques first. */
  long mayLeave(Agreement agreement, String owner) {
    return free(agreement, owner) - Math.max(0, owedOnUse(agreement, owner));
  }

  /** What the funder owes for used cheques whose shares somebody advanced. */
  long owedOnUse(Agreement agreement, String funder) {
    return chequesOf(agreement.signed.agreement())
            .filter(Cheque::isUsed)
            .mapToLong(cheque -> cheque.advanced(funder))
            .sum()
        - agreement.repaid.getOrDefault(funder, 0L);
  }

  /** One face value of the version's cents, from its next one on, in the key's order. */
  Map<String, Long> deal(Terms terms, long faceValue) {
    List<Action.Share> key = terms.key;
    Cents owners =
        cents.computeIfAbsent(key.stream().map(Action.Share::basisPoints).toList(), Cents::new);
    Map<String, Long> shares = new LinkedHashMap<>();
    key.forEach(share -> shares.put(share.funder(), 0L));
    for (long cent = 0; cent < faceValue; cent++) {
      String funder = key.get(owners.owner(terms.nextCent + cent)).funder();
      shares.merge(funder, 1L, Long::sum);
    }
    shares.values().removeIf(sum -> sum == 0);
    return shares;
  }

  /** The answer if the identifier was used before; null if it is free. */
  @Nullable Told known(String identifier, Action action, String otherwise) {
    Done before = done.get(identifier);
    if (before == null) {
      return null;
    }
    return before.action().equals(action)
        ? Told.again(before.told().answer())
        : Told.refused(otherwise);
  }

  Told record(String identifier, Action action, String answer) {
    Told told = Told.done(answer);
    done.put(identifier, new Done(action, told));
    return told;
  }
}
