package fr.passnumerique.clearing.worklist;

import fr.passnumerique.clearing.access.Account;
import fr.passnumerique.clearing.access.AccountsWaiting;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bank.StatementsInDoubt;
import fr.passnumerique.clearing.cover.CoverQuery;
import fr.passnumerique.clearing.cover.CoverRead;
import fr.passnumerique.clearing.http.Page;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.payee.AccountsInForce;
import fr.passnumerique.clearing.payee.LostAccounts;
import fr.passnumerique.clearing.payee.Payee;
import fr.passnumerique.clearing.reversal.Recoveries;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.upkeep.RebuildsWaiting;
import fr.passnumerique.clearing.upkeep.SettingsAsideWaiting;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads who has what to do, as of now. */
public final class WorklistQuery {
  private final WorklistRegister begun;
  private final DueRegister due;
  private final SentRegister sent;
  private final StatementsInDoubt statements;
  private final Recoveries recoveries;
  private final LostAccounts lost;
  private final RebuildsWaiting rebuilds;
  private final SettingsAsideWaiting settingsAside;
  private final AccountsWaiting accounts;
  private final CoverQuery cover;
  private final ReadLock registers;
  private final Clock clock;

  WorklistQuery(
      WorklistRegister begun,
      DueRegister due,
      SentRegister sent,
      StatementsInDoubt statements,
      Recoveries recoveries,
      LostAccounts lost,
      RebuildsWaiting rebuilds,
      SettingsAsideWaiting settingsAside,
      AccountsWaiting accounts,
      CoverQuery cover,
      ReadLock registers,
      Clock clock) {
    this.begun = begun;
    this.due = due;
    this.sent = sent;
    this.statements = statements;
    this.recoveries = recoveries;
    this.lost = lost;
    this.rebuilds = rebuilds;
    this.settingsAside = settingsAside;
    this.accounts = accounts;
    this.cover = cover;
    this.registers = registers;
    this.clock = clock;
  }

  /**
   * What waits, by kind, the longest first: the operator's tasks for clerks and auditors, a
   * funder's, venue's or prescriber's own.
   *
   * @param after what the page before names as next, still good when that task is done; null for
   *     the first page
   * @param limit tasks of a page, at least 1
   * @throws fr.passnumerique.clearing.http.Problem INVALID_PARAMETER if no page names {@code after}
   */
  public Page<Task> of(Actor actor, @Nullable String after, int limit) {
    return of(actor, EnumSet.allOf(Task.Kind.class), after, limit);
  }

  /** The same of some kinds. */
  public Page<Task> of(Actor actor, Set<Task.Kind> kinds, @Nullable String after, int limit) {
    TaskPlace last = after == null ? null : TaskPlace.read(after);
    List<Task> tasks = all(actor).stream().filter(task -> kinds.contains(task.kind())).toList();
    return Page.of(tasks, TaskPlace::of, last, limit);
  }

  private List<Task> all(Actor actor) {
    LocalDate today = Paris.dayOf(clock.instant());
    List<Task> tasks =
        registers.read(
            () -> {
              List<Task> found = new ArrayList<>();
              if (actor.role() == Role.CLERK || actor.role() == Role.AUDITOR) {
                found.addAll(begun.tasks(null, today));
                found.addAll(due.tasks(null, today));
                found.addAll(due.awaited());
                found.addAll(sent.tasks(today));
                statements.read().forEach(waiting -> found.add(statement(waiting)));
                recoveries.claims(today).forEach(claim -> found.add(ask(claim)));
                recoveries.credits(today).forEach(credit -> found.add(credit(credit)));
              } else if (actor.role() == Role.FUNDER) {
                found.addAll(due.tasks(actor.subject(), today));
              } else if (actor.role() == Role.VENUE) {
                found.addAll(begun.tasks(actor.subject(), today));
                VenueId venue = new VenueId(actor.subject());
                lost.of(Payee.of(venue))
                    .ifPresent(closing -> found.add(giveAccount(venue, closing)));
              } else if (actor.role() == Role.PRESCRIBER) {
                found.addAll(due.held(actor.subject()));
              }
              return found;
            });
    if (actor.role() == Role.CLERK || actor.role() == Role.AUDITOR) {
      CoverRead read = cover.read(CoverQuery.Filter.ALL);
      tasks.addAll(breaches(read));
      unproven(read.proof()).ifPresent(tasks::add);
      rebuilds.read().forEach(waiting -> tasks.add(rebuild(waiting)));
      settingsAside.read().forEach(waiting -> tasks.add(aside(waiting)));
      accounts.awaitingApproval().forEach(waiting -> tasks.add(approve(waiting)));
    }
    return tasks;
  }

  /** Due on the day on which it can first be done, as what is credited is. */
  private static Task ask(Recoveries.Claim claim) {
    return new Task(
        Task.Kind.ISSUE_DEBIT_NOTE,
        claim.venue() + "/" + claim.programme(),
        claim.since(),
        claim.cents(),
        Optional.of(Paris.dayOf(claim.since())),
        Optional.empty());
  }

  private static Task giveAccount(VenueId venue, AccountsInForce.Closing closing) {
    return new Task(
        Task.Kind.GIVE_ACCOUNT,
        venue.value(),
        Paris.startOf(closing.on()),
        0,
        Optional.empty(),
        Optional.empty());
  }

  private static Task credit(Recoveries.Credit credit) {
    return new Task(
        Task.Kind.CREDIT_RECOVERED,
        credit.order().value(),
        credit.since(),
        credit.cents(),
        Optional.of(Paris.dayOf(credit.since())),
        Optional.empty());
  }

  private static Task rebuild(RebuildsWaiting.Waiting waiting) {
    return new Task(
        waiting.proposedBy().isPresent() ? Task.Kind.CONFIRM_REBUILD : Task.Kind.ACCEPT_REBUILD,
        waiting.rebuild().value(),
        waiting.since(),
        0,
        Optional.empty(),
        waiting.proposedBy());
  }

  private static Task aside(SettingsAsideWaiting.Waiting waiting) {
    return new Task(
        waiting.lifts() ? Task.Kind.CONFIRM_LIFTING : Task.Kind.CONFIRM_FACT_ASIDE,
        waiting.projection() + "/" + waiting.position(),
        waiting.since(),
        0,
        Optional.empty(),
        Optional.of(waiting.proposedBy()),
        Optional.of(waiting.liftedAt()).filter(lifted -> lifted > 0));
  }

  private static Task approve(Account waiting) {
    return new Task(
        Task.Kind.APPROVE_ACCOUNT,
        waiting.id(),
        waiting.createdAt(),
        0,
        Optional.empty(),
        waiting.madeBy());
  }

  private static Task statement(StatementsInDoubt.Waiting waiting) {
    return new Task(
        Task.Kind.EXPLAIN_BANK_STATEMENT,
        waiting.exception(),
        waiting.since(),
        waiting.cents(),
        Optional.empty(),
        Optional.empty());
  }

  /** Empty where no statement is imported: there is nothing to be looked into. */
  private static Optional<Task> unproven(CoverRead.Proof proof) {
    CoverRead.Since since = proof.unprovenSince();
    String statement = proof.statement();
    Long ledger = proof.ledgerClosingCents();
    Long closing = proof.closingCents();
    return since == null || statement == null || ledger == null || closing == null
        ? Optional.empty()
        : Optional.of(
            new Task(
                Task.Kind.PROVE_COVER,
                statement,
                since.recordedAt(),
                ledger - closing,
                Optional.empty(),
                Optional.empty()));
  }

  /** What blocks activation, by the same word as cover is shown by. */
  private static List<Task> breaches(CoverRead read) {
    List<Task> tasks = new ArrayList<>();
    for (CoverRead.Row row : read.rows()) {
      CoverRead.Since since = row.breachSince();
      if (since != null) {
        tasks.add(
            repair(row.agreement() + "/" + row.funder(), since.recordedAt(), row.missingCents()));
      }
    }
    CoverRead.AccountBreach account = read.accountBreach();
    if (account != null) {
      Long taken = account.unexplainedDebitsCents();
      tasks.add(
          repair(
              Task.RING_FENCED_ACCOUNT, account.since().recordedAt(), taken == null ? 0 : taken));
    }
    return tasks;
  }

  private static Task repair(String about, Instant since, long cents) {
    return new Task(
        Task.Kind.REPAIR_BREACH, about, since, cents, Optional.empty(), Optional.empty());
  }
}
