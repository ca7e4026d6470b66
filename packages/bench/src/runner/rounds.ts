import type { Peer } from '../peers/peers';
import { type PeerOutput, type Standings, StandingsCollector } from './standings';

/** Starts a peer's process and waits for its end. */
export type RunPeer = (peer: Peer) => Promise<PeerOutput>;

/**
 * Runs every peer once a round, one after the other, so that what slows the machine for a while slows them all.
 *
 * @param talk told before each process starts
 */
export async function runRounds(
  peers: readonly Peer[],
  rounds: number,
  runPeer: RunPeer,
  talk: (line: string) => void,
): Promise<Standings> {
  const collector = new StandingsCollector();
  for (let round = 1; round <= rounds; round++) {
    for (const peer of peers) {
      talk(`round ${round} of ${rounds}: ${peer.name}`);
      collector.add(peer.name, await runPeer(peer));
    }
  }
  return collector.standings;
}
