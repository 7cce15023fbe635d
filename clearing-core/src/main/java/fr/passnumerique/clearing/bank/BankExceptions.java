package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.http.SealedNotes;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.vault.Vault;
import fr.passnumerique.clearing.vault.VaultReference;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the bank said that contradicts what is recorded or what it said before, and files that were
 * refused. Safe for any number of threads.
 */
final class BankExceptions {
  /** The vault's kind of entry. */
  static final String NOTE = "bank-exception-note";

  private final BankRegister register;
  private final ReadLock registers;
  private final Vault vault;

  BankExceptions(BankRegister register, ReadLock registers, Vault vault) {
    this.register = register;
    this.registers = registers;
    this.vault = vault;
  }

  /**
   * One that a clerk has to deal with.
   *
   * @param exception names it; of an entry, the entry
   * @param transfer of ours, if it is one
   * @param entry the booking, if money moved
   * @param cents that moved; 0 if only a status was told
   * @param closed by whom and why, if it is dealt with
   */
  record BankException(
      String exception,
      String kind,
      String why,
      Optional<String> transfer,
      Optional<String> status,
      Optional<String> reason,
      Optional<String> entry,
      long cents,
      LocalDate on,
      long position,
      Optional<Closing> closed) {}

  /**
   * @param note what the clerk wrote; empty if nothing, or if it was erased
   */
  record Closing(
      BankExceptionClosed.Reason reason, String by, Optional<String> note, long position) {}

  /**
   * In the order in which they were recorded.
   *
   * @param closed those that are dealt with as well
   */
  List<BankException> read(boolean closed) {
    record Found(BankException exception, BankRegister.@Nullable Closed closed) {}
    List<Found> found =
        registers.read(
            () ->
                all().stream()
                    .map(each -> new Found(each, register.closed(each.exception())))
                    .filter(each -> closed || each.closed() == null)
                    .sorted(Comparator.comparingLong(each -> each.exception().position()))
                    .toList());
    Map<VaultReference, Map<String, String>> notes =
        vault.openAll(
            found.stream()
                .flatMap(
                    each ->
                        Optional.ofNullable(each.closed()).flatMap(c -> c.fact().note()).stream())
                .toList());
    return found.stream()
        .map(
            each ->
                each.closed() == null
                    ? each.exception()
                    : closed(each.exception(), each.closed(), notes))
        .toList();
  }

  private static BankException closed(
      BankException e, BankRegister.Closed closed, Map<VaultReference, Map<String, String>> notes) {
    Optional<String> note =
        closed.fact().note().map(notes::get).map(content -> content.get(SealedNotes.TEXT));
    return new BankException(
        e.exception(),
        e.kind(),
        e.why(),
        e.transfer(),
        e.status(),
        e.reason(),
        e.entry(),
        e.cents(),
        e.on(),
        e.position(),
        Optional.of(
            new Closing(closed.fact().reason(), closed.fact().by(), note, closed.position())));
  }

  private List<BankException> all() {
    List<BankException> all = new ArrayList<>();
    for (BankRegister.Disputed disputed : register.disputed()) {
      BankStatusDisputed f = disputed.fact();
      all.add(
          new BankException(
              f.dispute(),
              "STATUS",
              f.why().name(),
              f.transfer(),
              Optional.of(f.status()),
              f.reason(),
              Optional.empty(),
              0,
              f.on(),
              disputed.position(),
              Optional.empty()));
    }
    for (BankRegister.Unmatched unmatched : register.unmatched()) {
      BankEntryUnmatched f = unmatched.fact();
      if (f.transfer().isPresent() || f.cents() < 0) {
        all.add(
            new BankException(
                f.entry().id(),
                "ENTRY",
                f.why().name(),
                f.transfer(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(f.entry().id()),
                f.cents(),
                f.entry().bookedOn(),
                unmatched.position(),
                Optional.empty()));
      }
    }
    for (BankRegister.Refused refused : register.refused()) {
      BankFileRefused f = refused.fact();
      all.add(
          new BankException(
              f.file(),
              "FILE",
              f.code(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              0,
              f.on(),
              refused.position(),
              Optional.empty()));
    }
    for (BankRegister.Stated stated : register.contradicting()) {
      all.add(
          new BankException(
              stated.statement().statement(),
              "STATEMENT",
              "STATEMENT_DIFFERS",
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              0,
              stated.statement().to(),
              stated.position(),
              Optional.empty()));
    }
    return all;
  }
}
