/** Takes each defence away and looks whether its test notices; see docs/threats.md. */
@NullMarked
package dev.tokenlife.threats;

import org.jspecify.annotations.NullMarked;
