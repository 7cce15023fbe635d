package fr.passnumerique.ui.work;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.http.Progress;
import fr.passnumerique.clearing.ledger.LedgerUnavailableException;
import fr.passnumerique.ui.deed.Deed;
import fr.passnumerique.ui.deed.Deeds;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.deed.Entries;
import fr.passnumerique.ui.words.Trouble;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/**
 * Deeds whose operation takes a file. A short one is waited for. A large one is read beside, as a
 * work; the page of works shows what it will do, and once that is confirmed it is done beside too.
 * As in any deed what is confirmed is what was shown, and the operation records all or nothing.
 */
public final class LargeFiles {
  /** A month of one account, or the venues of a region: some 2 500 entries of a statement. */
  static final int WAITED_FOR_BYTES = 1_000_000;

  private final Works works;

  LargeFiles(Works works) {
    this.works = works;
  }

  /** Calls an operation of the API, which tells how far it is. */
  @FunctionalInterface
  public interface Operation<A> {
    /**
     * @param entries without faults
     * @param dryRun answer as if, and record nothing
     * @throws fr.passnumerique.clearing.http.Problem if it is refused
     */
    ResponseEntity<A> call(Entries entries, boolean dryRun, Progress progress);

    /** For a deed, whose page says nothing until it is through. */
    default Deed.Operation<A> waitedFor() {
      return (entries, dryRun) -> call(entries, dryRun, Progress.UNHEARD);
    }
  }

  /**
   * @param what it is, in French
   * @param file name of the field
   * @param deed of the same operation
   */
  public <A> Deed<A> beside(
      Actor by, String what, String file, Operation<A> operation, Deed<A> deed) {
    return deed.beside(
        entries -> {
          if (entries.value(file).length() <= WAITED_FOR_BYTES) {
            return Optional.empty();
          }
          Reading<A> reading = new Reading<>(operation, deed, entries);
          works.begin(by, what, entries.key(), reading::read);
          return Optional.of(
              new Deed.Done(
                  WorksPage.PATH,
                  "Le fichier se lit. Rien n’est enregistré avant que vous l’ayez confirmé ici."));
        });
  }

  private record Reading<A>(Operation<A> operation, Deed<A> deed, Entries entries) {
    Result read(Progress progress) {
      return ask(answer(true, progress), null);
    }

    private Result ask(A foretold, @Nullable Trouble trouble) {
      Effect effect = deed.effect().apply(entries, foretold);
      return effect.already()
          ? new Result.Done(deed.done().apply(foretold))
          : Result.Question.of(effect, trouble, progress -> act(effect, progress));
    }

    private Result act(Effect shown, Progress progress) {
      A foretold = answer(true, progress.part(0, 2));
      Effect effect = deed.effect().apply(entries, foretold);
      if (!effect.equals(shown)) {
        return ask(foretold, Deeds.OTHERWISE);
      }
      try {
        return new Result.Done(deed.done().apply(answer(false, progress.part(1, 2))));
      } catch (LedgerUnavailableException _) {
        return ask(foretold, Deeds.OUTAGE);
      }
    }

    private A answer(boolean dryRun, Progress progress) {
      return Objects.requireNonNull(operation.call(entries, dryRun, progress).getBody());
    }
  }
}
