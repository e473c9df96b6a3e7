/** Where browser mode keeps what was dropped onto its page until it is in the library; the services know the place too. */
export { DROPS_FOLDER } from '../../media/dropFolder';
