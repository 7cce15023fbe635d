package fr.passnumerique.loadtest.simulator;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** Records with one component changed, whatever others they have. */
final class Altered {
  private Altered() {}

  /**
   * @param record of a public type
   * @param change of the component's value, which keeps its type
   */
  @SuppressWarnings("unchecked")
  static <R, V> R with(R record, String component, UnaryOperator<V> change) {
    RecordComponent[] components = record.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    boolean found = false;
    try {
      for (int i = 0; i < components.length; i++) {
        values[i] = components[i].getAccessor().invoke(record);
        if (components[i].getName().equals(component)) {
          values[i] = change.apply((V) values[i]);
          found = true;
        }
      }
      if (!found) {
        throw new IllegalArgumentException(record.getClass() + " has no " + component);
      }
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      return (R) record.getClass().getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
