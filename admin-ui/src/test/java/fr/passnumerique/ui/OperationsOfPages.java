package fr.passnumerique.ui;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;

import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import fr.passnumerique.clearing.access.Permit;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.RestController;

/** Which operations a page comes to, as its compiled code says. */
final class OperationsOfPages {
  private OperationsOfPages() {}

  /** Those of the API that a page's handler comes to, by whatever methods of pages. */
  static Set<JavaCodeUnit> of(JavaMethod handler) {
    Set<JavaCodeUnit> found = new HashSet<>();
    Set<JavaCodeUnit> seen = new HashSet<>(Set.of(handler));
    var next = new ArrayDeque<>(seen);
    while (!next.isEmpty()) {
      JavaCodeUnit method = next.remove();
      Stream.concat(
              method.getMethodCallsFromSelf().stream().map(call -> call.getTarget()),
              method.getMethodReferencesFromSelf().stream().map(named -> named.getTarget()))
          .flatMap(target -> target.resolveMember().stream())
          .forEach(
              called -> {
                if (called.getOwner().isMetaAnnotatedWith(RestController.class)
                    && called.isAnnotatedWith(Permit.class)) {
                  found.add(called);
                } else if (resideInAPackage("fr.passnumerique.ui..").test(called.getOwner())
                    && seen.add(called)) {
                  next.add(called);
                }
              });
    }
    return found;
  }
}
