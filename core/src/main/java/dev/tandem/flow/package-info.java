/** Items on their way from task to task: queues, select, broadcast, and iterators that wait. */
@NullMarked
package dev.tandem.flow;

import org.jspecify.annotations.NullMarked;
