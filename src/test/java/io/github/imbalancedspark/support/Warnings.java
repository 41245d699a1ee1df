package io.github.imbalancedspark.support;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What a class warned of, or logged at all, while this is open. */
public final class Warnings extends AbstractAppender implements AutoCloseable {

  private final List<String> messages = Collections.synchronizedList(new ArrayList<>());
  private final Logger logger;
  private final Level before;

  private Warnings(Class<?> source, Level level) {
    super("warnings of " + source.getName(), null, null, true, Property.EMPTY_ARRAY);
    logger = (Logger) LogManager.getLogger(source);
    before = logger.getLevel();
    start();
    logger.addAppender(
        this); // gives the logger a configuration of its own, with its parent's level
    logger.setLevel(level);
  }

  /** Starts to listen. */
  public static Warnings of(Class<?> source) {
    return new Warnings(source, Level.WARN);
  }

  /** Starts to listen to lines about progress too. */
  public static Warnings andProgressOf(Class<?> source) {
    return new Warnings(source, Level.INFO);
  }

  @Override
  public void append(LogEvent event) {
    if (event.getLevel().isInRange(Level.WARN, logger.getLevel())) {
      messages.add(event.getMessage().getFormattedMessage());
    }
  }

  /** Returns the messages so far. */
  public List<String> messages() {
    return List.copyOf(messages);
  }

  @Override
  public void close() {
    logger.removeAppender(this);
    logger.setLevel(before);
    stop();
  }
}
