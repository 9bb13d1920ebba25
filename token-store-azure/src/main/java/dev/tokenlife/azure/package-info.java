/** For keeping chains in Azure Table Storage, where many processes share them. */
@NullMarked
package dev.tokenlife.azure;

import org.jspecify.annotations.NullMarked;
