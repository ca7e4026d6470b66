/** What work costs beside the arithmetic, in microseconds. */
export interface FixedCosts {
  readonly adapter: string;
  /** One more launch in a submit of many, ops called one by one. */
  readonly launchMicroseconds: number;
  /** One more launch in a captured step that is replayed. */
  readonly replayedLaunchMicroseconds: number;
  /** One launch, submitted and awaited. */
  readonly roundTripMicroseconds: number;
  /** One launch whose single number is read on the host. */
  readonly readMicroseconds: number;
}
