package fr.passnumerique.clearing.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.Outcome;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * How an accepted command is answered: its answer's own fields, and where the ledger says so.
 *
 * @param position of the fact that records it; the ledger's head if nothing was to record, or in a
 *     dry run
 * @param already it was recorded before; this time nothing was added
 * @param dryRun nothing was recorded
 */
public record Answer<A>(@JsonUnwrapped A answer, long position, boolean already, boolean dryRun) {
  /**
   * Sends the command, or rehearses it.
   *
   * @param dryRun answer as if, and record nothing
   * @return 201 when it was recorded now; 200 when it was before, or in a dry run
   * @throws Problem if it is refused
   */
  public static <A> ResponseEntity<Answer<A>> to(
      Commands commands, Command<A> command, Actor by, boolean dryRun) {
    return of(
        Problem.recorded(dryRun ? commands.rehearse(command) : commands.send(command, by)), dryRun);
  }

  /**
   * Tells what was recorded, or rehearsed.
   *
   * @return as {@link #to}
   */
  public static <A> ResponseEntity<Answer<A>> of(Outcome.Recorded<A> recorded, boolean dryRun) {
    boolean created = !dryRun && !recorded.already();
    return ResponseEntity.status(created ? HttpStatus.CREATED : HttpStatus.OK)
        .body(new Answer<>(recorded.answer(), recorded.position(), recorded.already(), dryRun));
  }
}
