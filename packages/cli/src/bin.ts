#!/usr/bin/env node
import { main } from './main';
import { realServices } from './services/real-services';

await main(realServices());
