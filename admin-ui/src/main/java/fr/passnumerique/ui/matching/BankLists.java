package fr.passnumerique.ui.matching;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.bank.BankEndpoint;
import fr.passnumerique.clearing.bank.BankExceptionEndpoint;
import fr.passnumerique.clearing.bank.BankExceptions.BankException;
import fr.passnumerique.clearing.bank.BankReading.UnmatchedEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the bank said and nobody has dealt with, read to its end from the API's pages. */
public final class BankLists {
  public static final String UNMATCHED = "/rapprochements";
  public static final String EXCEPTIONS = "/anomalies-bancaires";
  public static final String STATEMENTS = "/releves-bancaires";

  private static final int PAGE = 5_000;

  private final BankEndpoint bank;
  private final BankExceptionEndpoint exceptions;

  BankLists(BankEndpoint bank, BankExceptionEndpoint exceptions) {
    this.bank = bank;
    this.exceptions = exceptions;
  }

  /** The oldest booking first. */
  List<UnmatchedEntry> unmatched(Actor actor) {
    List<UnmatchedEntry> all = new ArrayList<>();
    @Nullable String after = null;
    do {
      BankEndpoint.UnmatchedEntries page = bank.readUnmatchedEntries(after, PAGE, actor);
      all.addAll(page.unmatched());
      after = page.next().orElse(null);
    } while (after != null);
    return all;
  }

  /**
   * @param closed those that are dealt with as well
   */
  List<BankException> exceptions(boolean closed, Actor actor) {
    List<BankException> all = new ArrayList<>();
    @Nullable String after = null;
    do {
      BankExceptionEndpoint.Listed page = exceptions.readBankExceptions(closed, after, PAGE, actor);
      all.addAll(page.exceptions());
      after = page.next().orElse(null);
    } while (after != null);
    return all;
  }
}
