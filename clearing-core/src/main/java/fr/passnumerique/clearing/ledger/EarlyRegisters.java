package fr.passnumerique.clearing.ledger;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Makes the registers as soon as it is known which there are, before all other beans: they need
 * settings alone, and their snapshot needs nothing but them. So it is read beside what the start
 * does else, and not after it.
 */
final class EarlyRegisters implements BeanFactoryPostProcessor {
  private final FactCatalogue catalogue;
  private final Optional<Path> directory;
  private final Days days = new Days();
  private List<Register> registers = List.of();
  private @Nullable RegistersOnFile files;

  /**
   * @param directory of the snapshot; empty where each start folds everything
   */
  EarlyRegisters(FactCatalogue catalogue, Optional<Path> directory) {
    this.catalogue = catalogue;
    this.directory = directory;
  }

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    registers = days.behind(beans.getBeanProvider(Register.class, false).orderedStream());
    if (directory.isPresent()) {
      files = new RegistersOnFile(directory.get(), registers, catalogue);
      files.beginReading();
    }
  }

  /** The capabilities', and the ledger's own. */
  List<Register> registers() {
    return registers;
  }

  /** The ledger's own decider beside the capabilities'. */
  List<Decider<?, ?>> with(List<Decider<?, ?>> deciders) {
    return days.behind(deciders);
  }

  Optional<RegistersOnFile> files() {
    return Optional.ofNullable(files);
  }
}
