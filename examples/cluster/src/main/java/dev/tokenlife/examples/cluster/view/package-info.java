/** What people see while the cluster runs. */
@NullMarked
package dev.tokenlife.examples.cluster.view;

import org.jspecify.annotations.NullMarked;
