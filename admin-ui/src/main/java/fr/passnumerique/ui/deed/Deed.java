package fr.passnumerique.ui.deed;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.springframework.http.ResponseEntity;

/**
 * One thing that a person does on a page: a form, the operation that it is sent to, and what that
 * answers in French. No rule stands here, nor does the page send a command: what may be done is
 * said by the operation.
 *
 * @param view the template: fields, or the question whether to do it
 * @param fields none where there is nothing to enter, and the first step is left out
 * @param proposed what stands in the fields at first, by their names
 * @param together what is wrong with values that do not go with each other, by field: a sentence
 *     for who typed them. Asked only where each is well by itself
 * @param operation the same that programs call
 * @param effect of what was entered and its dry run
 * @param done of its answer: where the person goes then
 * @param beside what takes longer than a person waits for is begun by it beside the request: where
 *     it goes on, once it has begun; empty for what is waited for, as nearly everything is
 */
public record Deed<A>(
    String view,
    List<Field> fields,
    Map<String, String> proposed,
    Function<Entries, Map<String, String>> together,
    Operation<A> operation,
    BiFunction<Entries, A, Effect> effect,
    Function<A, Done> done,
    Function<Entries, Optional<Done>> beside)
    implements Step {

  /** Calls an operation of the API. */
  @FunctionalInterface
  public interface Operation<A> {
    /**
     * @param entries without faults
     * @param dryRun answer as if, and record nothing
     * @throws fr.passnumerique.clearing.http.Problem if it is refused
     */
    ResponseEntity<A> call(Entries entries, boolean dryRun);
  }

  /**
   * @param page where it can be seen
   * @param words what was done, a sentence
   */
  public record Done(String page, String words) implements Step {}

  public Deed {
    fields = List.copyOf(fields);
    proposed = Map.copyOf(proposed);
  }

  public Deed(
      String view,
      List<Field> fields,
      Operation<A> operation,
      BiFunction<Entries, A, Effect> effect,
      Function<A, Done> done) {
    this(view, fields, Map.of(), operation, effect, done);
  }

  public Deed(
      String view,
      List<Field> fields,
      Map<String, String> proposed,
      Operation<A> operation,
      BiFunction<Entries, A, Effect> effect,
      Function<A, Done> done) {
    this(view, fields, proposed, _ -> Map.of(), operation, effect, done);
  }

  public Deed(
      String view,
      List<Field> fields,
      Map<String, String> proposed,
      Function<Entries, Map<String, String>> together,
      Operation<A> operation,
      BiFunction<Entries, A, Effect> effect,
      Function<A, Done> done) {
    this(view, fields, proposed, together, operation, effect, done, _ -> Optional.empty());
  }

  public Deed<A> beside(Function<Entries, Optional<Done>> begin) {
    return new Deed<>(view, fields, proposed, together, operation, effect, done, begin);
  }
}
