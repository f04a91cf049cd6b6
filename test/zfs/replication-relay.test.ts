import { replicationTests } from './replication';

replicationTests('relay');
