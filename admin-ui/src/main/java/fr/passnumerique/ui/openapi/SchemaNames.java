package fr.passnumerique.ui.openapi;

import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.jackson.TypeNameResolver;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Names of schemas: capability, dot, record ({@code redemption.Line}). By their simple name alone
 * the {@code Line} of one capability would silently take the place of another's.
 */
final class SchemaNames extends TypeNameResolver {
  private static final String OURS = "fr.passnumerique.";
  private static final String HTTP = "fr.passnumerique.clearing.http";

  @Override
  protected String nameForClass(Class<?> type, Set<Options> options) {
    if (!type.getName().startsWith(OURS)) {
      return super.nameForClass(type, options);
    }
    Deque<String> names = new ArrayDeque<>();
    for (Class<?> each = type; each != null; each = each.getEnclosingClass()) {
      if (each == type || !each.getSimpleName().endsWith("Endpoint")) {
        names.addFirst(each.getSimpleName());
      }
    }
    String name = String.join(".", names);
    String path = type.getPackageName();
    return path.equals(HTTP) ? name : path.substring(path.lastIndexOf('.') + 1) + "." + name;
  }

  /** {@code Answer.funding.FundsReceived}; by default the two would run into each other. */
  @Override
  protected String nameForGenericType(JavaType type, Set<Options> options) {
    StringBuilder name = new StringBuilder(nameForClass(type, options));
    for (int i = 0; i < type.containedTypeCount(); i++) {
      name.append('.').append(nameForType(type.containedType(i), options));
    }
    return name.toString();
  }
}
